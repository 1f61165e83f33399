import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../shared/result/ports.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { inTenant, type Database } from "../database/index.ts";
import { addJob, createJobs, type Job } from "./index.ts";

// A server does jobs in several lanes, so that calls never wait behind reports; each asks the database when there is
// something for it. Time stands still here: nobody looks because time has passed.

const tenantId = "tenant-1";
let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

function openLane(kind: string) {
  const lane = { done: [] as string[], looks: 0 };
  const transaction: Database["transaction"] = (work) => {
    lane.looks += 1;
    return db.transaction(work);
  };
  const run = async ({ key }: Job) => void lane.done.push(key);
  const jobs = createJobs({
    ...{ db: { ...db, transaction }, clock: systemClock, random: () => 0.5, failed: () => {} },
    timers: { after: () => () => {} },
    handlers: { [kind]: { run, mostAttempts: 1, retryAfterMs: 5 } },
  });
  return { lane, jobs };
}

test("work that is asked for wakes those who do its kind, and nobody else", async () => {
  const [calls, reports] = [openLane("calls"), openLane("reports")];
  await calls.jobs.start();
  await reports.jobs.start();
  await expect.poll(() => reports.lane.looks).toBe(1);
  const add = (kind: string, key: string) =>
    inTenant(db, { tenantId }, (tx) => addJob(tx, { tenantId, kind, key, dueAt: new Date() }));
  for (const key of ["one", "two"]) {
    await add("calls", key);
    await expect.poll(() => calls.lane.done).toContain(key);
  }
  expect(reports.lane.looks).toBe(1);
  await add("reports", "three");
  await expect.poll(() => reports.lane.done).toEqual(["three"]);
  await calls.jobs.stop();
  await reports.jobs.stop();
});
