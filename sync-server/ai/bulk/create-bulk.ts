import type { Random, Timers } from "../../../shared/result/ports.ts";
import { inSystem } from "../../database/index.ts";
import { createJobs, type Job } from "../../jobs/index.ts";
import { addItem, batchJob, readBatch } from "./batch-rows.ts";
import { collectBatch } from "./collect-batch.ts";
import { findSent } from "./find-sent.ts";
import { openWork, type OpenWork } from "./open-work.ts";
import { sendBatch } from "./send-batch.ts";
import { findBatchRoute, type BulkDeps, type BulkTimes } from "./steps.ts";
import type { Bulk } from "./work.ts";

export type BulkOptions = Omit<BulkDeps, "times" | "leaving"> & {
  timers: Timers;
  random: Random;
  log: { warn(facts: object, text: string): void };
  times?: BulkTimes;
};

const usualTimes: BulkTimes = { gatherMs: 60_000, lookEveryMs: 60_000 };
const mostAttempts = 10;
/** A hundred long questions go up, or a hundred answers are taken. */
const longestRunMs = 900_000;

/**
 * Gathers questions that nobody waits for, and asks them together. What is held back and what was sent stands in the
 * database: a server that dies leaves it to the next.
 */
export function createBulk(options: BulkOptions): Bulk & { start(): Promise<void>; stop(): Promise<void> } {
  const { timers, random, log, times = usualTimes } = options;
  const leaving = new AbortController();
  const deps: BulkDeps = { ...options, times, leaving: leaving.signal };
  const works = new Map<string, OpenWork>();
  const jobs = createJobs({
    ...{ db: deps.db, clock: deps.clock, timers, random },
    handlers: {
      [batchJob]: { run: (job) => step(deps, works, job), mostAttempts, retryAfterMs: 2_000, longestRunMs },
    },
    failed: ({ tenantId, key, attempt }: Job, error: unknown) =>
      log.warn({ err: error, tenantId, key, attempt }, "a batch failed and is tried again"),
  });
  return {
    does: (work) => void works.set(work.task.name, openWork(work)),
    async add({ tenantId, work: name, key }) {
      if (!(await findBatchRoute(deps, tenantId, workOf(works, name)))) return false;
      const now = deps.clock.now();
      const dueAt = new Date(now + times.gatherMs);
      await inSystem(deps.db, (tx) => addItem(tx, { tenantId, work: name, key, now: new Date(now), dueAt }));
      return true;
    },
    start: jobs.start,
    stop() {
      leaving.abort();
      return jobs.stop();
    },
  };
}

async function step(
  deps: BulkDeps,
  works: ReadonlyMap<string, OpenWork>,
  { tenantId, key, attempt }: Job,
): Promise<Date | void> {
  const batch = await inSystem(deps.db, (tx) => readBatch(tx, tenantId, key));
  if (batch === null || batch.state === "over") return;
  const work = workOf(works, batch.work);
  if (batch.state === "sent") return collectBatch(deps, work, batch);
  // Whoever sent it does not know whether it arrived.
  if (batch.state === "sending") return findSent(deps, work, batch);
  return sendBatch(deps, work, batch, attempt >= mostAttempts);
}

function workOf(works: ReadonlyMap<string, OpenWork>, name: string): OpenWork {
  const work = works.get(name);
  if (!work) throw new Error(`nobody does ${name} in bulk`);
  return work;
}
