import { holderIn } from "../../../shared/calls/talks.ts";
import type { Segment } from "../../../shared/entities/call.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { searchTranscripts } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import { fold } from "../../../shared/text/fold.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { createParameters } from "../live/parameters.ts";
import { recordSql } from "../live/read-records.ts";
import { giveWay } from "../live/slices.ts";
import { callFacts } from "./call-facts.ts";
import type { Reads } from "../replica.ts";
import { readLeadNames } from "./moments.ts";
import { mayHoldTerms } from "./said-words.ts";
import { inPeriod, inScope, periodsOf, type InsightPorts } from "./scope.ts";

type Input = ParsedInputOf<typeof searchTranscripts>;
type Found = OutputOf<typeof searchTranscripts>;
type Hit = Found["hits"][number];
type CallToSearch = { id: string; atMs: number; hadSeveral: boolean };

/** Calls of one statement: some ten milliseconds, so that an edit or a keystroke never waits for a search. */
const slice = 150;
/** Calls whose kept texts one statement looks through, in some ten milliseconds. */
const known = 1_000;
const mostHits = 60;
const shortestWord = 2;

/**
 * Looks through what was said, newest calls first, a slice at a time, and says what it has found so far. There is no
 * index: one that covers a million segments would double what a first sync costs the database (docs/decisions/0025).
 * Four weeks of calls are looked through in a tenth of a second; a year of them takes as long where it was read ahead and
 * kept as folded text, one for each call (0031).
 */
export function createSearchTranscripts(ports: InsightPorts): QueryHandler<typeof searchTranscripts> {
  return (input, emit, fail) => {
    let stopped = false;
    search(ports, input, emit, () => stopped).catch((error: unknown) =>
      fail({ code: "internal", message: "The transcripts could not be read.", details: String(error) }),
    );
    return () => {
      stopped = true;
    };
  };
}

async function search(
  ports: InsightPorts,
  input: Input,
  emit: (found: Found) => void,
  isStopped: () => boolean,
): Promise<void> {
  const wanted = termsOf(input.text);
  if (wanted.length === 0) return emit({ hits: [], searched: 0, calls: 0, done: true });
  const calls = await listCalls(ports, input);
  const { reads } = ports.replica;
  const hits: Hit[] = [];
  let searched = 0;
  while (!isStopped()) {
    const part = await nextToSearch(reads, calls.slice(searched), wanted);
    searched += part.passed;
    hits.push(...(await searchCalls(ports, part.calls, wanted, input.speaker)));
    const done = searched >= calls.length || hits.length >= mostHits;
    emit({ hits: hits.slice(0, mostHits), searched, calls: calls.length, done });
    if (done) break;
    await giveWay();
  }
}

/** The next calls to look into, with those passed over on the way because their text is known and does not hold the terms. */
async function nextToSearch(
  reads: Reads,
  left: readonly CallToSearch[],
  wanted: readonly string[],
): Promise<{ calls: CallToSearch[]; passed: number }> {
  const some = left.slice(0, known);
  const may = (await mayHoldTerms(reads, some, wanted)).slice(0, slice + 1);
  const next = may[slice];
  return { calls: may.slice(0, slice), passed: next ? some.indexOf(next) : some.length };
}

/** Words, and phrases in quotes as one term each; folded, as they are compared. */
export function termsOf(text: string): string[] {
  const terms = Array.from(text.matchAll(/"([^"]+)"?|(\S+)/gu), ([, phrase, word]) => phrase ?? word ?? "");
  const folded = terms.map((term) => fold(term).trim().replaceAll(/\s+/gu, " "));
  return folded.filter((term) => term.length >= shortestWord || !isAscii(term));
}

function listCalls(ports: InsightPorts, input: Input): Promise<CallToSearch[]> {
  const parameters = createParameters();
  return ports.replica.reads.sql<CallToSearch>(
    `select call_id as id, at_ms as "atMs", row_of <> 'alone' as "hadSeveral" from ${callFacts}
     where ${inScope(input, ports.replica, parameters)} and ${inPeriod(periodsOf(input, ports).now, parameters)}
     order by at_ms desc, call_id`,
    parameters.values,
  );
}

async function searchCalls(
  { replica: { reads } }: InsightPorts,
  calls: readonly CallToSearch[],
  wanted: readonly string[],
  speaker: Input["speaker"],
): Promise<Hit[]> {
  if (calls.length === 0) return [];
  const parameters = createParameters();
  const ids = parameters.add(calls.map(({ id }) => id));
  const conditions = wanted.map((term) => mayHold(term, (value) => parameters.add(value)));
  const side = speaker === null ? "true" : `doc->>'speaker' = ${parameters.add(speaker)}`;
  const rows = await reads.sql<{ doc: Segment }>(
    // Taken out of the document once, not by each condition.
    `select ${recordSql} as doc from (
       select id, doc, doc->>'text' as text from ${reads.table("segments")}
       where not deleted and doc->>'callId' = any(${ids}::text[]) and ${side} offset 0) said
     where ${conditions.join(" and ")}`,
    parameters.values,
  );
  const found = rows.map(({ doc }) => doc).filter(({ text }) => holdsAll(fold(text), wanted));
  const names = await readLeadNames(reads, found);
  const byCall = Map.groupBy(found, ({ callId }) => callId as string);
  const shared = calls.filter(({ id, hadSeveral }) => hadSeveral && byCall.has(id));
  const records = await reads.getAll("calls", shared.map(({ id }) => id)); // prettier-ignore
  // A segment names whoever had the call last.
  const holderOf = (id: string, atMs: number) => {
    const call = records.get(id);
    return call ? holderIn(call, atMs) : null;
  };
  return calls.flatMap(({ id, atMs }) =>
    (byCall.get(id) ?? [])
      .toSorted((a, b) => a.startMs - b.startMs)
      .map(({ id: segmentId, agentId, leadId, speaker: who, startMs, text }) => ({
        segmentId,
        callId: id as RecordId,
        agentId: holderOf(id, startMs) ?? agentId,
        leadName: names.get(leadId ?? "") ?? null,
        at: new Date(atMs).toISOString(),
        speaker: who,
        startMs,
        text,
      })),
  );
}

/** What the database can leave out by itself; accents, other scripts and spaces are for `holdsAll` to judge. */
function mayHold(term: string, add: (value: string) => string): string {
  if (!isAscii(term)) return hasAccents;
  const [longest = ""] = term.split(" ").toSorted((a, b) => b.length - a.length);
  const pattern = add(`%${longest.replaceAll(/[\\%_]/gu, "\\$&")}%`);
  return `(text ilike ${pattern} or ${hasAccents})`;
}

/** Or signs of other scripts. */
const hasAccents = "octet_length(text) <> length(text)";

/** A term counts where a word begins with it: “art” is not in “start”. */
function holdsAll(folded: string, wanted: readonly string[]): boolean {
  const spaced = folded.replaceAll(/\s+/gu, " ");
  return wanted.every((term) => beginsWord(spaced, term));
}

const wordCharacter = /[\p{L}\p{N}\p{M}]/u;

function beginsWord(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !isAscii(term) || !wordCharacter.test(text[at - 1] ?? "")) return true;
  }
  return false;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/u.test(text);
}
