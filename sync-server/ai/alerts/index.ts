import { systemTimers, type Clock, type Random, type Timers } from "../../../shared/result/ports.ts";
import { inSystem, type Database } from "../../database/index.ts";
import { addJob, createJobs } from "../../jobs/index.ts";
import { tellAlerts, type AlertDeps } from "./tell-alerts.ts";

// The door of alerts: what admins, people and the operator are told of the use of models, by mail and in the console.
export { readRefused } from "./read-refused.ts";
export { tellAlerts, type AlertDeps } from "./tell-alerts.ts";

export type AlertOptions = Omit<AlertDeps, "clock" | "db"> & {
  db: Database;
  clock: Clock;
  timers?: Timers;
  random?: Random;
};

const kind = "ai.alerts";
const lookEveryMs = 15 * 60_000;
/** It is asked for anew when a server starts. */
const mostAttempts = 30_000;
/** Organisations are looked at one after another. */
const longestRunMs = 900_000;

/** Looks every quarter of an hour for what somebody should know, on one node at a time. */
export function startAlerts(options: AlertOptions): { start(): Promise<void>; stop(): Promise<void> } {
  const { db, clock, timers = systemTimers, random = Math.random, log } = options;
  const run = async () => {
    await tellAlerts(options);
    return new Date(clock.now() + lookEveryMs);
  };
  const jobs = createJobs({
    ...{ db, clock, timers, random },
    handlers: { [kind]: { run, mostAttempts, retryAfterMs: 2_000, longestRunMs } },
    failed: (_job, error) =>
      log.warn({ err: error }, "nobody was told of the use of models; it is tried again"),
  });
  return {
    async start() {
      await inSystem(db, (tx) =>
        addJob(tx, { tenantId: "", kind, key: "look", dueAt: new Date(clock.now()) }),
      );
      await jobs.start();
    },
    stop: jobs.stop,
  };
}
