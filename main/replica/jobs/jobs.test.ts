import { expect, test } from "vitest";
import { err, ok } from "../../../shared/result/result.ts";
import { createJobs, type Jobs } from "./jobs.ts";

async function untilEnded(jobs: Jobs): Promise<void> {
  while (jobs.list().some(({ state }) => state === "running")) await Promise.resolve();
}

function setUp() {
  const clock = { nowMs: 0, now: () => clock.nowMs };
  let count = 0;
  return { clock, jobs: createJobs({ clock, newId: () => `job-${(count += 1)}` }) };
}

test("a job shows how far it is, how long it will take, and what takes it back", async () => {
  const { clock, jobs } = setUp();
  const seen: unknown[] = [];
  jobs.onChange(() => seen.push(jobs.list()[0]?.done));
  jobs.start("import", "Import leads.csv", async (job) => {
    clock.nowMs = 1_000;
    job.progress(25, 100);
    expect(jobs.list()[0]).toMatchObject({ state: "running", done: 25, total: 100, leftMs: 3_000 });
    return ok({ undoId: "undo-1", message: null });
  });
  await untilEnded(jobs);
  expect(seen).toEqual([0, 25, 25]);
  expect(jobs.list()).toMatchObject([{ state: "done", undoId: "undo-1", leftMs: 0 }]);
});

test("cancelling tells the job, which stops by itself and may leave something to undo", async () => {
  const { jobs } = setUp();
  const id = jobs.start("bulk-edit", "Edit leads", async ({ signal }) => {
    await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
    return ok({ undoId: "undo-1", message: "Stopped after 40." });
  });
  await Promise.resolve();
  expect(jobs.cancel(id)).toBe(true);
  await jobs.stop();
  expect(jobs.list()).toMatchObject([{ state: "cancelled", undoId: "undo-1" }]);
  expect(jobs.cancel(id)).toBe(false);
});

test("a job that fails or throws says so and leaves the others alone", async () => {
  const { jobs } = setUp();
  jobs.start("export", "one", async () => err({ code: "disk-full", message: "The disk is full." }));
  jobs.start("export", "two", async () => {
    throw new Error("bug");
  });
  await untilEnded(jobs);
  expect(jobs.list().map(({ state, message }) => [state, message])).toEqual([
    ["failed", expect.stringContaining("bug")],
    ["failed", "The disk is full."],
  ]);
});

test("only the newest of those that ended are remembered", async () => {
  const { jobs } = setUp();
  for (let n = 0; n < 30; n += 1) {
    jobs.start("export", `export ${n}`, async () => ok({ undoId: null, message: null }));
    await untilEnded(jobs);
  }
  expect(jobs.list()).toHaveLength(20);
  expect(jobs.list()[0]?.label).toBe("export 29");
});
