import { beforeEach, expect, test } from "vitest";
import {
  byId,
  callOf,
  everything,
  reportOf,
  stageInsights,
  type Fact,
} from "../../../testing/insights/insight-stage.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import type { UserId } from "../../../shared/entities/id.ts";
import type { Reads } from "../replica.ts";
import { createReadAhead, forgottenAfterMs } from "./read-ahead.ts";
import { forgetWords, saidWords } from "./said-words.ts";
import { createSearchTranscripts } from "./search-transcripts.ts";

/** One a day, the last one this morning; what is a year old is not searched. */
const count = 130;
const facts = [...Array.from({ length: count }, (_, daysAgo) => daysAgo), 400].map(
  (daysAgo): Fact => ({ number: daysAgo, agent: "ana", team: "north", daysAgo, won: true, done: [], metrics: {}, fate: "kept" }), // prettier-ignore
);

const stage = stageInsights(async () => {
  await stage.put("calls", byId(facts.map(callOf)));
  await stage.put("insights", byId(facts.map(reportOf)));
  await stage.put("segments", byId(facts.map(segmentOf)));
});
beforeEach(() => forgetWords(stage.ports.replica.reads));

test("what was said in a year is read as long as somebody follows, and searched without being read again", async () => {
  const { ahead, statements } = openAhead();
  await follow(ahead);
  expect(await kept()).toHaveLength(count);
  const reading = statements.length;
  expect(await search("zebra", statements)).toEqual([]);
  const segments = stage.ports.replica.reads.table("segments");
  expect(statements.slice(reading).filter((text) => text.includes(segments))).toEqual([]);
  expect(await search("day 99")).toEqual(["s99"]);
  ahead.close();
});

test("it ends when nobody follows any more, and goes on from there", async () => {
  let stop = () => {};
  const { ahead, statements } = openAhead({ onRead: () => stop() });
  stop = ahead.query(
    {},
    () => {},
    () => {},
  );
  await expect.poll(() => kept()).toHaveLength(60);
  const before = statements.filter(reads).length;
  await follow(ahead);
  expect(await kept()).toHaveLength(count);
  expect(statements.filter(reads).length - before, "two times sixty calls at the most").toBe(2);
  ahead.close();
});

test("no more is kept than may be, of the newest calls, and the others are found as before", async () => {
  const { ahead } = openAhead({ mostBytes: 1 });
  await follow(ahead);
  expect((await kept()).toSorted()).toEqual(facts.slice(0, 60).map(({ number }) => `c${number}`).toSorted()); // prettier-ignore
  expect(await search("day 99")).toEqual(["s99"]);
  ahead.close();
});

test("texts are forgotten when nobody has looked for a while, also those of a desk that was closed since", async () => {
  const { ahead, passAWhile } = openAhead();
  await follow(ahead);
  ahead.close();
  passAWhile();
  expect(await kept(), "closed").toHaveLength(count);
  const again = openAhead();
  const stop = again.ahead.query(
    {},
    () => {},
    () => {},
  );
  again.passAWhile();
  expect(await kept(), "somebody looks").toHaveLength(count);
  stop();
  again.passAWhile();
  await expect.poll(() => kept()).toEqual([]);
  const last = openAhead();
  await follow(last.ahead);
  last.ahead.close();
  openAhead().passAWhile();
  await expect.poll(() => kept()).toEqual([]);
});

test("whoever leaves after the desk was closed leaves nothing behind that would still be done on it", async () => {
  const { ahead, waiting } = openAhead();
  const stop = ahead.query(
    {},
    () => {},
    () => {},
  );
  ahead.close();
  stop();
  expect(waiting()).toBe(0);
});

test("an agent's desk reads that agent's own calls", async () => {
  const { ahead } = openAhead({ me: { ...stage.ports.replica.me, role: "agent", userId: "ben" as UserId } });
  await follow(ahead);
  expect(await kept()).toEqual([]);
  ahead.close();
});

type Options = { onRead?: () => void; mostBytes?: number; me?: typeof stage.ports.replica.me };

/** Rests between its slices are left out, and what is to be done after a while is done when the test says so. */
function openAhead({ onRead = () => {}, me = stage.ports.replica.me, ...more }: Options = {}) {
  const later = new Set<() => void>();
  const statements: string[] = [];
  const { replica } = stage.ports;
  const sql: Reads["sql"] = async (text, parameters) => {
    statements.push(text);
    if (reads(text)) onRead();
    return replica.reads.sql(text, parameters);
  };
  const ahead = createReadAhead({
    ...{ ...stage.ports, ...more, replica: { ...replica, me, reads: { ...replica.reads, sql } } },
    timers: {
      after(delayMs, task) {
        if (delayMs >= forgottenAfterMs) {
          later.add(task);
          return () => void later.delete(task);
        }
        const timer = setImmediate(task);
        return () => clearImmediate(timer);
      },
    },
  });
  const passAWhile = () => {
    for (const task of later) task();
    later.clear();
  };
  return { ahead, statements, passAWhile, waiting: () => later.size };
}

const reads = (statement: string) => statement.includes("string_agg");

/** Until all is read, and no longer. */
async function follow({ query }: ReturnType<typeof createReadAhead>): Promise<void> {
  const watched = watch(query, {});
  while (!(await watched.next()).ready);
  watched.stop();
}

async function search(text: string, statements: string[] = []): Promise<string[]> {
  const { replica } = stage.ports;
  const sql: Reads["sql"] = (statement, parameters) => {
    statements.push(statement);
    return replica.reads.sql(statement, parameters);
  };
  const ports = { ...stage.ports, replica: { ...replica, reads: { ...replica.reads, sql } } };
  const asked = { ...everything, days: 364, text: `"${text}"`, speaker: null };
  const watched = watch(createSearchTranscripts(ports), asked);
  for (;;) {
    const { hits, done } = await watched.next();
    if (!done) continue;
    watched.stop();
    return hits.map(({ segmentId }) => segmentId);
  }
}

async function kept(): Promise<string[]> {
  const sql = `select call_id as id from ${saidWords} where words is not null`;
  return (await stage.ports.replica.reads.sql<{ id: string }>(sql)).map(({ id }) => id);
}

function segmentOf({ number }: Fact) {
  const at = "2026-05-19T15:00:00.000Z";
  const made = { id: `s${number}`, rev: 1, createdAt: at, updatedAt: at, kept: [] };
  const about = { callId: `c${number}`, leadId: null, agentId: "ana", teamId: "north", speaker: "customer" };
  return { ...made, ...about, startMs: 0, endMs: 9_000, text: `We moved in on day ${number}.`, timing: [] };
}
