import { beforeEach, expect, test } from "vitest";
import type { RecordId } from "../../../shared/entities/id.ts";
import {
  byId,
  callOf,
  everything,
  reportOf,
  stageInsights,
  type Fact,
} from "../../../testing/insights/insight-stage.ts";
import { watch } from "../../../testing/fakes/watch.ts";
import type { Reads } from "../replica.ts";
import { keepWords, mayHoldTerms, saidWords } from "./said-words.ts";
import { createSearchTranscripts } from "./search-transcripts.ts";

const at = "2026-05-19T15:00:00.000Z";
const fact: Fact = { number: 900, agent: "ana", team: "north", daysAgo: 1, won: true, done: [], metrics: {}, fate: "kept" }; // prettier-ignore
const calls = ["one", "two"] as RecordId[];

const stage = stageInsights(async () => {
  await put("calls", calls.map((id) => ({ ...callOf(fact), id }))); // prettier-ignore
  await put("insights", calls.map((callId) => ({ ...reportOf(fact), id: `report:${callId}`, callId }))); // prettier-ignore
});
beforeEach(async () => {
  await put("segments", [
    segment("s1", "one", "So the  building went up in 2019"),
    segment("s2", "one", "Ça coûte combien, le café?"),
    segment("s3", "two", "كم سعر الإيجار في السنة؟"),
    segment("s4", "two", "我们觉得太贵了"),
    segment("s5", "two", "We moved in\nlast spring"),
  ]);
  await reads().sql(`delete from ${saidWords}`);
});

const searches: [string, string[]][] = [
  ["building", ["s1"]],
  ["build 2019", ["s1"]],
  ['"the building went"', ["s1"]],
  ["uilding", []],
  ["cafe combien", ["s2"]],
  ["building cafe", []],
  ["سعر", ["s3"]],
  ["الايجار", ["s3"]],
  ["太贵", ["s4"]],
  ['"in last"', ["s5"]],
  ["zebra", []],
  ["100%", []],
];

test.each(searches)("%s finds the same before its calls' texts are kept and after", async (text, wanted) => {
  expect(await find(text)).toEqual(wanted);
  await keepWords(reads(), calls);
  expect(await find(text)).toEqual(wanted);
});

test("calls whose text is kept and does not hold the words are not read", async () => {
  await keepWords(reads(), calls);
  const left = async (...terms: string[]) =>
    (await mayHoldTerms(reads(), calls.map((id) => ({ id })), terms)).map(({ id }) => id); // prettier-ignore
  expect(await left("building")).toEqual(["one"]);
  expect(await left("building", "cafe")).toEqual(["one"]);
  expect(await left("zebra")).toEqual([]);
  await reads().sql(`delete from ${saidWords} where call_id = 'two'`);
  expect(await left("zebra")).toEqual(["two"]);
});

test("what is corrected, added or erased later is found as it stands, and its text is gone at once", async () => {
  await keepWords(reads(), calls);
  await put("segments", [segment("s1", "one", "So the zebra went up in 2019")]);
  expect(await keptTexts()).toHaveLength(1);
  expect([await find("zebra"), await find("building")]).toEqual([["s1"], []]);
  await keepWords(reads(), calls);
  await stage.put("segments", new Map([["s1", null]]));
  expect(JSON.stringify(await keptTexts())).not.toContain("zebra");
  expect(await find("zebra")).toEqual([]);
});

test("what changes while a text is read is not kept as it was", async () => {
  const real = reads();
  let isRead = false;
  const interrupted = {
    ...real,
    async sql(text: string, parameters?: readonly unknown[]) {
      const rows = await real.sql(text, parameters);
      if (text.includes("string_agg") && !isRead) {
        isRead = true;
        await put("segments", [segment("s1", "one", "So the zebra went up in 2019")]);
      }
      return rows;
    },
  } as Reads;
  await keepWords(interrupted, calls);
  expect(isRead).toBe(true);
  expect(await find("zebra")).toEqual(["s1"]);
  await keepWords(real, calls);
  expect(await find("zebra")).toEqual(["s1"]);
});

function reads(): Reads {
  return stage.ports.replica.reads;
}

async function find(text: string): Promise<string[]> {
  const watched = watch(createSearchTranscripts(stage.ports), { ...everything, text, speaker: null });
  const found = await watched.next();
  watched.stop();
  return found.hits.map(({ segmentId }) => segmentId);
}

async function keptTexts(): Promise<string[]> {
  const rows = await reads().sql<{ words: string }>(
    `select words from ${saidWords} where words is not null order by call_id`,
  );
  return rows.map(({ words }) => words);
}

function segment(id: string, callId: string, text: string) {
  const made = { id, rev: 1, createdAt: at, updatedAt: at, kept: [] };
  const about = { callId, leadId: null, agentId: "ana", teamId: "north", speaker: "customer" };
  return { ...made, ...about, startMs: Number(id.slice(1)) * 1_000, endMs: 9_000, text, timing: [] };
}

function put(collection: Parameters<typeof stage.put>[0], records: readonly object[]) {
  return stage.put(collection, byId(records));
}
