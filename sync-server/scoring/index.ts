import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { systemTimers, type Random, type Timers } from "../../shared/result/ports.ts";
import { inSystem } from "../database/index.ts";
import { createJobs, type Job } from "../jobs/index.ts";
import { nowOf, type ScoringDeps } from "./deps.ts";
import { scoreJob, scorePage } from "./score-job.ts";
import { trainJob, trainTenant } from "./train-job.ts";

// The door of scoring: who converts, learned each night, and the scores of all leads.

export type ScoringOptions = Omit<ScoringDeps, "log"> & {
  app: FastifyInstance;
  timers?: Timers;
  random?: Random;
};

/** Organisations that were made meanwhile are found. */
const lookEveryMs = 3_600_000;
/** Two in the morning, UTC: before the first desks of Europe, after the last of America. */
const nightHour = 2;

/** Adds scoring to the server. Its work has a queue of its own and is never at more than one thing of one tenant. */
export function startScoring(options: ScoringOptions): { stop(): Promise<void> } {
  const { app, timers = systemTimers, random = Math.random } = options;
  const deps: ScoringDeps = { ...options, log: app.log };
  const jobs = createJobs({
    ...{ db: deps.db, clock: deps.clock, timers, random },
    handlers: {
      [trainJob]: { run: (job) => trainTenant(deps, job), mostAttempts: 8, retryAfterMs: 10_000 },
      [scoreJob]: { run: (job) => scorePage(deps, job), mostAttempts: 8, retryAfterMs: 2_000 },
    },
    failed: ({ kind, tenantId, attempt }: Job, error: unknown) =>
      deps.log.warn({ err: error, kind, tenantId, attempt }, "scoring failed and is tried again"),
  });
  let cancel = () => {};
  const look = async () => {
    await wantTrainings(deps).catch((error: unknown) =>
      deps.log.error({ err: error }, "scoring found no organisations"),
    );
    cancel = timers.after(lookEveryMs, () => void look());
  };
  app.addHook("onListen", async () => {
    await look();
    await jobs.start();
  });
  return {
    async stop() {
      cancel();
      await jobs.stop();
    },
  };
}

/** Every organisation has one standing job: it asks for itself again. */
async function wantTrainings(deps: ScoringDeps): Promise<void> {
  const now = nowOf(deps);
  const due = new Date(now);
  due.setUTCHours(nightHour, 0, 0, 0);
  if (due <= now) due.setUTCDate(due.getUTCDate() + 1);
  await inSystem(deps.db, (tx) =>
    tx.execute(
      sql`INSERT INTO jobs (tenant_id, kind, key, payload, due_at)
          SELECT id, ${trainJob}, 'tenant', '{}'::jsonb, ${due.toISOString()}::timestamptz FROM tenants
          ON CONFLICT (tenant_id, kind, key) DO NOTHING`,
    ),
  );
}
