import { fold } from "../../../shared/text/fold.ts";
import type { Reads } from "../replica.ts";

/** What was said in a call as one folded text, of calls that somebody may search. */
export const saidWords = "ringside_said_words";

/**
 * Kept while Insights is open and forgotten by the database: a call in which something is said, corrected or erased loses
 * its text in the very transaction, and a search reads its segments. Nobody who never opens Insights pays for it:
 * while there are no texts, the triggers look no further (docs/decisions/0031).
 * @param segments quoted table of the collection
 */
export function saidWordsStatements(segments: string): string[] {
  return [
    `drop table if exists ${saidWords}`,
    // Without words: being read. Whoever reads keeps them only while the row is still the one of their `reading`.
    `create table ${saidWords} (call_id text primary key, reading int not null, words text)`,
    ...forgetOn(segments, "insert", { new: "came" }),
    // A segment that is taken away stays as a row that no longer says whose it was.
    ...forgetOn(segments, "update", { old: "went", new: "came" }),
    ...forgetOn(segments, "delete", { old: "went" }),
  ];
}

type Transition = { old?: string; new?: string };

function forgetOn(segments: string, event: string, rows: Transition): string[] {
  const forget = `ringside_forget_words_${event}`;
  const touched = Object.values(rows).map((name) => `select doc->>'callId' from ${name}`);
  const referencing = Object.entries(rows).map(([when, name]) => `${when} table as ${name}`);
  return [
    `create or replace function ${forget}() returns trigger language plpgsql as $$ begin
       if exists (select from ${saidWords}) then
         delete from ${saidWords} where call_id in (${touched.join(" union ")});
       end if;
       return null; end $$`,
    `create or replace trigger ringside_words_${event} after ${event} on ${segments}
       referencing ${referencing.join(" ")} for each statement execute function ${forget}()`,
  ];
}

type SayReads = Pick<Reads, "sql" | "table">;

/**
 * Of these calls, in their order, those that may hold all terms: those whose text does, and those that nobody has read
 * yet.
 * @param terms folded
 */
export async function mayHoldTerms<Call extends { id: string }>(
  { sql }: SayReads,
  calls: readonly Call[],
  terms: readonly string[],
): Promise<Call[]> {
  const patterns = terms.map((term) => `%${term.replaceAll(/[\\%_]/gu, "\\$&")}%`);
  const without = await sql<{ id: string }>(
    `select call_id as id from ${saidWords}
     where call_id = any($1::text[]) and words is not null and not words like all ($2::text[])`,
    [calls.map(({ id }) => id), patterns],
  );
  const left = new Set(without.map(({ id }) => id));
  return calls.filter(({ id }) => !left.has(id));
}

let readings = 0;

/**
 * Reads what was said in those of these calls whose text nobody has, and keeps it.
 * @returns bytes of what it kept
 */
export async function keepWords({ sql, table }: SayReads, callIds: readonly string[]): Promise<number> {
  const reading = (readings += 1);
  const taken = await sql<{ id: string }>(
    `insert into ${saidWords} (call_id, reading) select distinct unnest($1::text[]), $2::int
     on conflict (call_id) do update set reading = excluded.reading where ${saidWords}.words is null
     returning call_id as id`,
    [callIds, reading],
  );
  if (taken.length === 0) return 0;
  const said = await sql<{ id: string; text: string }>(
    `select doc->>'callId' as id, string_agg(translate(doc->>'text', E'\\n', ' '), E'\\n') as text from ${table("segments")}
     where not deleted and doc->>'callId' = any($1::text[]) group by 1`,
    [taken.map(({ id }) => id)],
  );
  const texts = new Map(said.map(({ id, text }) => [id, foldLines(text)]));
  const words = taken.map(({ id }) => texts.get(id) ?? "");
  await sql(
    `update ${saidWords} known set words = read.words
     from unnest($1::text[], $2::text[]) read (call_id, words)
     where known.call_id = read.call_id and known.reading = $3`,
    [taken.map(({ id }) => id), words, reading],
  );
  return words.reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);
}

/** Gives their place on the disk back. */
export async function forgetWords({ sql }: Pick<Reads, "sql">): Promise<void> {
  await sql(`truncate ${saidWords}`);
}

/** As a search folds: a term never goes from one segment into the next, and has one space where there were several. */
function foldLines(text: string): string {
  return text
    .split("\n")
    .map((line) => fold(line).replaceAll(/\s+/gu, " "))
    .join("\n");
}
