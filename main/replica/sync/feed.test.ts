import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeviceId } from "../../../shared/entities/id.ts";
import { ok } from "../../../shared/result/result.ts";
import { feedStart } from "../../../shared/sync/wire.ts";
import { openTestReplica, type TestReplica } from "../../../testing/fakes/open-test-replica.ts";
import { makeLead } from "../../../testing/fakes/records.ts";
import type { RunSql } from "../database/local-tables.ts";
import { openFeed, type Batch, type Feed } from "./feed.ts";
import { pullCollections } from "./pull.ts";
import type { SyncTransport } from "./transport.ts";

let replica: TestReplica;
let feed: Feed;
beforeAll(async () => {
  replica = await openTestReplica();
  feed = await openLeads(replica.database.sql);
  const page = {
    docs: leadsOf(220, 10),
    gone: [],
    checkpoint: { xid: "1", seq: "1" },
    scope: "all",
    done: true,
  };
  await feed.takePage("leads", page as never, feedStart);
});
afterAll(() => replica.dispose());

function openLeads(sql: RunSql): Promise<Feed> {
  const { database, layers, takeTurn } = replica;
  return openFeed({ collections: ["leads"], sql, table: database.table, layers, takeTurn });
}

async function countLeads(where = "true"): Promise<number> {
  const [row] = await replica.reads.sql<{ count: number }>(
    `select count(*)::int as count from ${replica.reads.table("leads")} where not deleted and ${where}`,
  );
  return row?.count ?? 0;
}

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
  expect(await countLeads("doc->>'score' = '2'")).toBe(218);
  expect(await replica.reads.get("leads", "lead-218")).toBeNull();
});

test("of few records all is told at once, as somebody's edit is", async () => {
  expect((await take(batchOf(199, { seq: 3 }))).filter(Number)).toEqual([199]);
  expect((await take(batchOf(1, { seq: 4 }))).filter(Number)).toEqual([1]);
  expect((await take(batchOf(0, { seq: 5, gone: ["lead-0"] }))).filter(Number)).toEqual([1]);
  expect(feed.position("leads").checkpoint).not.toEqual(feedStart);
});

/** Two pages of two leads; `beforeSecond` is awaited before the second one is answered. */
function inTwoPages(beforeSecond: () => Promise<void>): Pick<SyncTransport, "pull"> {
  const leads = leadsOf(4, 6, 6) as never[];
  return {
    async pull({ checkpoint }) {
      const isFirst = checkpoint.seq === feedStart.seq;
      if (!isFirst) await beforeSecond();
      const docs = isFirst ? leads.slice(0, 2) : leads.slice(2);
      const rest = { scope: "all", gone: [], done: !isFirst, total: null };
      return ok({ ...rest, docs, checkpoint: { xid: "2", seq: isFirst ? "1" : "2" } });
    },
  };
}

test("[AUD-4] a page that was asked for before a scope changed and changed back is no part of the pull that begins anew", async () => {
  let stored = () => {};
  const isFirstStored = new Promise<void>((resolve) => (stored = resolve));
  let changes = 0;
  const { pull } = inTwoPages(async () => {
    await isFirstStored;
    if (changes++ > 0) return;
    for (const scope of ["others", "all"]) await feed.restart("leads", scope);
  });
  await feed.restart("leads", "all");
  const nothing = async () => {};
  const pulled = await pullCollections(
    {
      ...{ feed, device: "device-1" as DeviceId, pageLength: 2, transport: { pull } as SyncTransport },
      ...{ onRestored: nothing, onBehind() {}, onDone: nothing, onPage: () => stored() },
    },
    ["leads"],
    new AbortController().signal,
  );
  expect(pulled).toEqual(ok());
  expect(feed.position("leads")).toMatchObject({ complete: true, repull: false });
  expect(await countLeads()).toBe(4);
});

test("[AUD-4] a second pull that is cut off while it ends drops nothing of what came when the next one ends it", async () => {
  const { sql } = replica.database;
  /** Ends as a crash would, where the pull is said to be over. */
  const cutOff: RunSql = Object.assign(((text, parameters) => sql(text, parameters)) as RunSql, {
    async kept(text: string, parameters: readonly unknown[] = []) {
      const isOver = text.includes("into ringside_progress") && parameters[5] === false;
      if (isOver) throw new Error("cut off");
      return sql.kept(text, parameters);
    },
  });
  const pageOf = (docs: unknown[], seq: string) =>
    ({ docs, gone: [], checkpoint: { xid: "3", seq }, scope: "new", done: true, total: null }) as never;
  const before = await openLeads(cutOff);
  await before.restart("leads", "new");
  await expect(before.takePage("leads", pageOf(leadsOf(3, 7, 7), "1"), feedStart)).rejects.toThrow("cut off");
  expect(await countLeads()).toBe(3);

  const after = await openLeads(sql);
  const { checkpoint } = after.position("leads");
  expect(await after.takePage("leads", pageOf([], "2"), checkpoint)).toBe(true);
  expect(after.position("leads")).toMatchObject({ complete: true, repull: false });
  expect(await countLeads()).toBe(3);
});
