import { afterAll, beforeAll, expect, test } from "vitest";
import { feedStart } from "../../../shared/sync/wire.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { makeLead } from "../../../testing/fakes/records.ts";
import { openFeed, type Batch, type Feed } from "./feed.ts";

let replica: TestReplica;
let feed: Feed;
beforeAll(async () => {
  replica = await openTestReplica();
  const { database, layers, takeTurn } = replica;
  feed = await openFeed({
    collections: ["leads"],
    sql: database.sql,
    table: database.table,
    layers,
    takeTurn,
  });
  const page = {
    docs: leadsOf(220, 10),
    gone: [],
    checkpoint: { xid: "1", seq: "1" },
    scope: "all",
    done: true,
  };
  await feed.takePage("leads", page as never);
});
afterAll(() => replica.dispose());

function leadsOf(count: number, score: number, rev = 1) {
  return Array.from({ length: count }, (_, at) => makeLead({ id: `lead-${at}`, score, rev }));
}

function batchOf(count: number, { seq, gone = [] }: { seq: number; gone?: string[] }): Batch {
  const docs = leadsOf(count, seq, seq);
  const [from, to] = [feed.position("leads").checkpoint, { xid: "1", seq: String(seq) }];
  return { collection: "leads", scope: "all", from, to, docs, gone } as unknown as Batch;
}

/** What is told of while a batch is taken, and where the process answered others in between. */
async function take(batch: Batch): Promise<(number | "others")[]> {
  const told: (number | "others")[] = [];
  const stop = replica.reads.onChange(({ records }) => {
    told.push(records.length);
    setImmediate(() => told.push("others"));
  });
  expect(await feed.takeBatch(batch)).toBe("taken");
  stop();
  return told;
}

test("what comes for many records at once is stored in slices, and others are answered in between", async () => {
  const told = await take(batchOf(218, { seq: 2, gone: ["lead-218"] }));
  expect(told.slice(0, 3)).toEqual([110, "others", 109]);
  expect(feed.position("leads").checkpoint).toEqual({ xid: "1", seq: "2" });
  const [{ count } = { count: 0 }] = await replica.reads.sql<{ count: number }>(
    `select count(*)::int as count from ${replica.reads.table("leads")} where not deleted and doc->>'score' = '2'`,
  );
  expect(count).toBe(218);
  expect(await replica.reads.get("leads", "lead-218")).toBeNull();
});

test("of few records all is told at once, as somebody's edit is", async () => {
  expect((await take(batchOf(199, { seq: 3 }))).filter(Number)).toEqual([199]);
  expect((await take(batchOf(1, { seq: 4 }))).filter(Number)).toEqual([1]);
  expect((await take(batchOf(0, { seq: 5, gone: ["lead-0"] }))).filter(Number)).toEqual([1]);
  expect(feed.position("leads").checkpoint).not.toEqual(feedStart);
});
