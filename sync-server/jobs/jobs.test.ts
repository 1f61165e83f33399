import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { systemClock, systemTimers, type Timers } from "../../shared/result/ports.ts";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { inTenant, isoText, rowsOf, type Database } from "../database/index.ts";
import { addJob, addJobs, createJobs, type Job } from "./index.ts";

const tenantId = "tenant-1";
let db: Database;
let nodes: ReturnType<typeof createJobs>[] = [];

beforeAll(async () => {
  db = await openTestDatabase();
});
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
  await db.transaction((tx) => tx.execute(sql`TRUNCATE jobs`));
});
afterAll(() => db.close());

/** A node that does the jobs of kind `work`. */
async function startNode(run: (job: Job) => Promise<Date | void>, mostAttempts = 5, retryAfterMs = 5) {
  const handlers = { work: { run, mostAttempts, retryAfterMs } };
  const node = createJobs({ db, clock: systemClock, timers: systemTimers, random: () => 0.5, handlers, failed: () => {} }); // prettier-ignore
  nodes.push(node);
  await node.start();
  return node;
}

function add(dueAt = new Date()): Promise<void> {
  return inTenant(db, { tenantId }, (tx) => addJob(tx, { tenantId, kind: "work", key: "k", dueAt }));
}

const stored = () =>
  inTenant(db, { tenantId }, (tx) => rowsOf<{ error: string | null; failed: boolean }>(tx, sql`SELECT error, failed_at IS NOT NULL AS failed FROM jobs`)); // prettier-ignore
const soon = <T>(read: () => T) => expect.poll(read, { interval: 10 });

test("a job is done once, by one of two nodes, and is gone", async () => {
  let runs = 0;
  const run = async () => void (runs += 1);
  await startNode(run);
  await startNode(run);
  await add();
  await soon(stored).toEqual([]);
  expect(runs).toBe(1);
});

test("work that is asked for again while it runs is done once more", async () => {
  let runs = 0;
  const node = await startNode(async () => {
    runs += 1;
    if (runs === 1) await add();
  });
  await add();
  await soon(() => runs).toBe(2);
  await soon(stored).toEqual([]);
  expect(await node.runNow(tenantId, "work", "k")).toBe("absent");
});

test("work that is asked for again for later while it runs is done then, and not at once", async () => {
  const dueAt = new Date(Date.now() + 3_600_000);
  const begun = Promise.withResolvers<void>();
  let runs = 0;
  const node = await startNode(async () => {
    runs += 1;
    if (runs === 1) await add(dueAt);
    begun.resolve();
  });
  await add();
  await begun.promise;
  const due = () =>
    inTenant(db, { tenantId }, (tx) => rowsOf<{ at: string | null }>(tx, sql`SELECT ${isoText(sql`due_at`)} AS at FROM jobs WHERE leased_until IS NULL`)); // prettier-ignore
  await soon(due).toEqual([{ at: dueAt.toISOString() }]);
  await add(new Date(dueAt.getTime() - 1_000));
  expect(runs).toBe(1);
  expect(await node.runNow(tenantId, "work", "k")).toBe("done");
});

test("what fails is tried again, and kept with its reason when it is given up", async () => {
  let runs = 0;
  await startNode(async () => {
    runs += 1;
    throw new Error("the carrier is away");
  }, 3);
  await add();
  await soon(stored).toEqual([{ error: "Error: the carrier is away", failed: true }]);
  expect(runs).toBe(3);
  await add();
  await soon(() => runs).toBeGreaterThan(3);
});

test("of a query that fails nothing is kept that somebody has said", async () => {
  const fail = () =>
    db.transaction((tx) => tx.execute(sql`SELECT 1 / length(${""}), ${"my card is 4111"}::text`));
  await startNode(async () => void (await fail()), 1);
  await add();
  await soon(stored).toEqual([{ error: expect.stringContaining("division by zero"), failed: true }]);
  expect(JSON.stringify(await stored())).not.toContain("4111");
});

test("work that is asked for again while it fails is tried at once, also where somebody waits for it", async () => {
  let runs = 0;
  const node = await startNode(
    async () => {
      runs += 1;
      if (runs > 2) return;
      await add();
      throw new Error("nobody is there yet");
    },
    5,
    3_600_000,
  );
  await add();
  expect(await node.finish(tenantId, "work", "k", 10_000)).toBe(true);
  expect(runs).toBe(3);
});

test("a job may ask to run again later", async () => {
  let runs = 0;
  await startNode(async () => {
    runs += 1;
    return runs < 3 ? new Date(Date.now() + 5) : undefined;
  });
  await add();
  await soon(stored).toEqual([]);
  expect(runs).toBe(3);
});

test("a job of a transaction that did not come about is none", async () => {
  const undone = inTenant(db, { tenantId }, async (tx) => {
    await addJob(tx, { tenantId, kind: "work", key: "k", dueAt: new Date() });
    throw new Error("undone");
  });
  await expect(undone).rejects.toThrow("undone");
  expect(await stored()).toEqual([]);
});

test("more work than a node does at once is all done", async () => {
  const done = new Set<string>();
  await inTenant(db, { tenantId }, (tx) =>
    addJobs(
      tx,
      Array.from({ length: 40 }, (_, index) => ({
        tenantId,
        kind: "work",
        key: `k${index}`,
        dueAt: new Date(),
      })),
    ),
  );
  await startNode(async (job) => void done.add(job.key));
  await soon(stored).toEqual([]);
  expect(done.size).toBe(40);
});

test("nobody takes a job that another node has, until that node must be dead", async () => {
  let runs = 0;
  await add();
  await inTenant(db, { tenantId }, (tx) =>
    tx.execute(sql`UPDATE jobs SET leased_until = now() + interval '1 minute'`),
  );
  const node = await startNode(async () => void (runs += 1));
  expect(await node.runNow(tenantId, "work", "k")).toBe("busy");
  await inTenant(db, { tenantId }, (tx) =>
    tx.execute(sql`UPDATE jobs SET leased_until = now() - interval '1 second'`),
  );
  await soon(stored).toEqual([]);
  expect(runs).toBe(1);
});

test("work of which nobody can write that it is done is done again", async () => {
  let nowMs = Date.now();
  let [runs, told] = [0, 0];
  const unable = { away: false };
  const shaky: Database = {
    ...db,
    transaction: (work) =>
      unable.away ? Promise.reject(new Error("the database is away")) : db.transaction(work),
  };
  const run = async () => {
    runs += 1;
    unable.away = runs === 1;
  };
  const handlers = { work: { run, mostAttempts: 5, retryAfterMs: 5 } };
  const node = createJobs({ db: shaky, clock: { now: () => nowMs }, timers: systemTimers, random: () => 0.5, handlers, failed: ({ kind }) => void (told += kind === "work" ? 1 : 0) }); // prettier-ignore
  nodes.push(node);
  await node.start();
  await add(new Date(nowMs));
  // Of the work itself, and of what was to be written then.
  await soon(() => told).toBe(2);
  unable.away = false;
  nowMs += 15_001;
  await soon(stored).toEqual([]);
  expect(runs).toBe(2);
});

test("a node that is not let listen for work does it all the same, and listens as soon as it may", async () => {
  let [refused, told, runs, listening] = [0, 0, 0, 0];
  let isFull = true;
  const crowded: Database = {
    ...db,
    async listen(...given) {
      if (isFull) throw new Error(`too many connections, ${(refused += 1)} times`);
      const stop = await db.listen(...given);
      listening += 1;
      return async () => {
        listening -= 1;
        await stop();
      };
    },
  };
  const hurried: Timers = { after: (delayMs, ring) => systemTimers.after(Math.min(delayMs, 20), ring) };
  const handlers = { work: { run: async () => void (runs += 1), mostAttempts: 5, retryAfterMs: 5 } };
  const node = createJobs({ db: crowded, clock: systemClock, timers: hurried, random: () => 0.5, handlers, failed: () => void (told += 1) }); // prettier-ignore
  nodes.push(node);
  await node.start();
  await add();
  await soon(stored).toEqual([]);
  await soon(() => refused).toBeGreaterThan(1);
  isFull = false;
  await soon(() => listening).toBe(1);
  expect([runs, told]).toEqual([1, refused]);
  await node.stop();
  expect(listening).toBe(0);
});

test("while the disk is full no work is begun and nobody is told, and it goes on when there is room", async () => {
  let [looks, runs, told] = [0, 0, 0];
  let isFull = true;
  const full: Database = { ...db, isFull: () => ((looks += 1), isFull) };
  const handlers = { work: { run: async () => void (runs += 1), mostAttempts: 5, retryAfterMs: 5 } };
  const node = createJobs({ db: full, clock: systemClock, timers: systemTimers, random: () => 0.5, handlers, failed: () => void (told += 1) }); // prettier-ignore
  nodes.push(node);
  await add();
  await node.start();
  await soon(() => looks).toBeGreaterThan(2);
  expect([runs, told]).toEqual([0, 0]);
  isFull = false;
  await soon(stored).toEqual([]);
  expect(runs).toBe(1);
});

test.each([
  ["of a node that died after 25 seconds is another's soon", 5, {}],
  ["of a handler that never comes back is another's after a minute", 12, {}],
  ["of a handler that may take longer is another's after as long", 20, { longestRunMs: 100_000 }],
])("work %s, and not before", async (_what, rounds, own) => {
  let nowMs = Date.now();
  const alarms = new Set<() => void>();
  const after = (_delayMs: number, ring: () => void) => {
    alarms.add(ring);
    return () => void alarms.delete(ring);
  };
  const never = Promise.withResolvers<void>();
  const open = (run: () => Promise<void>, timers: Timers) =>
    createJobs({
      ...{ db, clock: { now: () => nowMs }, timers, random: () => 0.5, failed: () => {} },
      handlers: { work: { run, mostAttempts: 5, retryAfterMs: 5, ...own } },
    });
  const [first, second] = [open(() => never.promise, { after }), open(async () => {}, systemTimers)];
  const leasedForMs = async () => {
    const [job] = await inTenant(db, { tenantId }, (tx) => rowsOf<{ until: string }>(tx, sql`SELECT ${isoText(sql`leased_until`)} AS until FROM jobs`)); // prettier-ignore
    return Date.parse(job?.until ?? "") - nowMs;
  };

  await add(new Date(nowMs));
  const running = first.runNow(tenantId, "work", "k");
  await soon(leasedForMs).toBe(15_000);
  for (let round = 1; round <= rounds; round += 1) {
    await soon(() => alarms.size).toBe(1);
    nowMs += 5_000;
    for (const ring of alarms) ring();
    alarms.clear();
    await soon(leasedForMs).toBe(15_000);
  }
  expect(await second.runNow(tenantId, "work", "k")).toBe("busy");
  if (rounds > 5) expect(alarms.size, "nobody waits for it any more").toBe(0);
  nowMs += 15_001;
  expect(await second.runNow(tenantId, "work", "k")).toBe("done");
  never.resolve();
  await running;
});

test("whoever waits for a job hears of its end from whichever node does it, and that it was not done in time", async () => {
  const carrier = { away: true };
  const run = async () => {
    if (carrier.away) throw new Error("the carrier is away");
  };
  const [asks] = [await startNode(run, 1_000), await startNode(run, 1_000)];
  await add();
  expect(await asks.finish(tenantId, "work", "k", 20)).toBe(false);
  const finished = asks.finish(tenantId, "work", "k", 10_000);
  await soon(stored).toMatchObject([{ error: "Error: the carrier is away", failed: false }]);
  carrier.away = false;
  await add();
  expect(await finished).toBe(true);
  expect(await asks.finish(tenantId, "work", "k", 10_000)).toBe(true);
});
