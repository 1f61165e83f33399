import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { systemTimers, type Random, type Timers } from "../../shared/result/ports.ts";
import { inSystem, rowsOf } from "../database/index.ts";
import { addJobs, createJobs, type Job } from "../jobs/index.ts";
import { nowOf, type ScoringDeps } from "./deps.ts";
import { nextNight } from "./next-night.ts";
import { nextLook, scoreJob, scoreLeft, scorePage, scoreTouched, touchedJob } from "./score-job.ts";
import { leftJob } from "../sync/index.ts";
import { trainJob, trainTenant } from "./train-job.ts";

// The door of scoring: who converts, learned each night, and the scores of all leads.

export type ScoringOptions = Omit<ScoringDeps, "log" | "timers"> & {
  app: FastifyInstance;
  timers?: Timers;
  random?: Random;
};

/** A million leads are read in minutes. */
const longestRunMs = 900_000;
/** Organisations that were made meanwhile are found. */
const lookEveryMs = 3_600_000;

/** Adds scoring to the server. Its work has a queue of its own and is never at more than one thing of one tenant. */
export function startScoring(options: ScoringOptions): { stop(): Promise<void> } {
  const { app, timers = systemTimers, random = Math.random } = options;
  const deps: ScoringDeps = { ...options, timers, log: app.log };
  const jobs = createJobs({
    ...{ db: deps.db, clock: deps.clock, timers, random },
    handlers: {
      [trainJob]: {
        run: (job) => trainTenant(deps, job),
        mostAttempts: 8,
        retryAfterMs: 10_000,
        longestRunMs,
      },
      [scoreJob]: { run: (job) => scorePage(deps, job), mostAttempts: 8, retryAfterMs: 2_000 },
      [touchedJob]: { run: (job) => scoreTouched(deps, job), mostAttempts: 8, retryAfterMs: 10_000 },
      [leftJob]: { run: (job) => scoreLeft(deps, job), mostAttempts: 8, retryAfterMs: 10_000 },
    },
    failed: ({ kind, tenantId, attempt }: Job, error: unknown) =>
      deps.log.warn({ err: error, kind, tenantId, attempt }, "scoring failed and is tried again"),
  });
  let isStopped = false;
  let cancel = () => {};
  const look = async () => {
    await wantStanding(deps).catch((error: unknown) =>
      deps.log.error({ err: error }, "scoring found no organisations"),
    );
    if (!isStopped) cancel = timers.after(lookEveryMs, () => void look());
  };
  app.addHook("onListen", async () => {
    await look();
    await jobs.start();
  });
  return {
    async stop() {
      isStopped = true;
      cancel();
      await jobs.stop();
    },
  };
}

/** Every organisation has these: they ask for themselves again, and are asked for anew where they were given up. */
const standing = [
  { kind: trainJob, dueAt: nextNight },
  { kind: touchedJob, dueAt: (_tenantId: string, now: Date) => nextLook(now) },
] as const;

async function wantStanding(deps: ScoringDeps): Promise<void> {
  const now = nowOf(deps);
  await inSystem(deps.db, async (tx) => {
    for (const { kind, dueAt } of standing) {
      const without = await rowsOf<{ id: string }>(
        tx,
        sql`SELECT id FROM tenants WHERE NOT EXISTS (
              SELECT FROM jobs WHERE tenant_id = tenants.id AND kind = ${kind} AND failed_at IS NULL)`,
      );
      const wanted = without.map(({ id }) => ({ tenantId: id, kind, key: "tenant", dueAt: dueAt(id, now) }));
      await addJobs(tx, wanted);
    }
  });
}
