import { expect, test } from "vitest";
import type { listLeads } from "../../../shared/rpc/contract/leads.ts";
import type { RecordsChanged } from "../replica.ts";
import { liveQuery } from "./live-query.ts";

type Answer = { total: number; offset: number; rows: [] };

function setUp() {
  const listeners = new Set<(change: RecordsChanged) => void>();
  const clock = { nowMs: 0, now: () => clock.nowMs };
  const timers: { at: number; task: () => void }[] = [];
  const reads: { total: number; finish(): void; fail(): void }[] = [];
  const answers: number[] = [];
  const errors: string[] = [];
  const query = liveQuery<typeof listLeads>(
    {
      reads: {
        onChange(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      },
      clock,
      timers: {
        after(delayMs, task) {
          const timer = { at: clock.nowMs + delayMs, task };
          timers.push(timer);
          return () => void timers.splice(timers.indexOf(timer), 1);
        },
      },
    },
    {
      dependsOn: ["leads"],
      read: () =>
        new Promise<Answer>((resolve, reject) => {
          const run = {
            total: 0,
            finish: () => resolve({ total: run.total, offset: 0, rows: [] }),
            fail: () => reject(new Error("broken")),
          };
          reads.push(run);
        }),
    },
  );
  const stop = query(
    {} as never,
    (answer) => answers.push(answer.total),
    (error) => errors.push(error.code),
  );
  const finish = async (total: number, tookMs = 0) => {
    clock.nowMs += tookMs;
    const run = reads.at(-1);
    if (run) run.total = total;
    run?.finish();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const change = (collection: RecordsChanged["collection"] = "leads", count = 1) => {
    const records = Array.from({ length: count }, (_, index) => ({
      id: `${index}`,
      before: null,
      after: null,
    }));
    for (const listener of listeners) listener({ collection, records });
  };
  return { clock, timers, reads, answers, errors, finish, change, stop, listeners };
}

test("answers at once, again after a change, and only when the answer is another", async () => {
  const { answers, finish, change, reads } = setUp();
  await finish(1);
  change();
  await finish(1);
  change();
  await finish(2);
  expect([answers, reads.length]).toEqual([[1, 2], 3]);
});

test("changes of other collections are no reason to look", async () => {
  const { finish, change, reads } = setUp();
  await finish(1);
  change("calls");
  expect(reads).toHaveLength(1);
});

test("runs never overlap: changes during a run lead to one more", async () => {
  const { answers, finish, change, reads } = setUp();
  change();
  change();
  expect(reads).toHaveLength(1);
  await finish(1);
  expect(reads).toHaveLength(2);
  await finish(2);
  expect([answers, reads.length]).toEqual([[1, 2], 2]);
});

test("costly runs rest in a flood, and an idle query answers at once", async () => {
  const { clock, timers, finish, change, reads } = setUp();
  await finish(1, 100);
  change();
  expect([reads.length, timers[0]?.at]).toEqual([1, 400]);
  clock.nowMs = 400;
  timers[0]?.task();
  expect(reads).toHaveLength(2);
  await finish(2, 1);
  clock.nowMs = 10_000;
  change();
  expect(reads).toHaveLength(3);
});

test("a clock that is set back makes nobody wait until it has come round again", async () => {
  const { clock, timers, answers, finish, change, reads } = setUp();
  await finish(1);
  clock.nowMs = 3_600_000;
  change();
  await finish(2);
  clock.nowMs = 0;
  change();
  expect([reads.length, timers.length]).toEqual([3, 0]);
  await finish(3);
  expect(answers).toEqual([1, 2, 3]);
});

test("a flood is followed every half second, and somebody's edit in it at once", async () => {
  const { clock, timers, answers, finish, change, reads } = setUp();
  await finish(1);
  change("leads", 500);
  change("leads", 500);
  expect([reads.length, timers.map(({ at }) => at)]).toEqual([1, [500]]);
  clock.nowMs = 200;
  change();
  expect([reads.length, timers.length]).toEqual([2, 0]);
  await finish(2);
  change("leads", 500);
  clock.nowMs = 700;
  timers[0]?.task();
  await finish(3);
  expect(answers).toEqual([1, 2, 3]);
});

test("a flood during a run waits, unless somebody edits meanwhile", async () => {
  const { timers, finish, change, reads } = setUp();
  change("leads", 500);
  await finish(1);
  expect([reads.length, timers.map(({ at }) => at)]).toEqual([1, [500]]);
  change();
  change("leads", 500);
  change();
  await finish(2);
  expect([reads.length, timers.length]).toEqual([3, 0]);
});

test("a read that fails is told, and the next change tries again", async () => {
  const { answers, errors, finish, change, reads } = setUp();
  reads[0]?.fail();
  await new Promise((resolve) => setImmediate(resolve));
  change();
  await finish(3);
  expect([errors, answers]).toEqual([["internal"], [3]]);
});

test("nobody hears of it after the end", async () => {
  const { answers, finish, stop, listeners } = setUp();
  stop();
  await finish(1);
  expect([answers, listeners.size]).toEqual([[], 0]);
});
