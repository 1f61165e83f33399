import type { Lead } from "../../../shared/entities/lead.ts";
import { giveWay } from "../live/slices.ts";
import type { LeadRows } from "../leads/lead-rows.ts";
import { createParameters } from "../live/parameters.ts";
import { rangeSql } from "../leads/scan-leads.ts";
import type { Reads } from "../replica.ts";
import { createLiveIndex } from "./live-index.ts";
import { readingsOf, type Searchable } from "./text-index.ts";

/** Finds leads by what somebody typed so far. */
export type LeadSearch = {
  /** Numbers of matching leads, best first. From the database until the index has been built. */
  rank(text: string): Promise<Int32Array>;
  isBuilt(): boolean;
  /** Builds the index; to be called when the first list is on the screen. */
  build(): Promise<void>;
  onBuilt(listener: () => void): () => void;
  size(): { words: number; bytes: number } | null;
  close(): void;
};

type SearchedLead = Pick<Lead, "id" | "name" | "company" | "email" | "phone" | "phoneSecond" | "notes">;

const pageSize = 500;
const keptAnswers = 6;

export function createLeadSearch(reads: Reads, rows: LeadRows): LeadSearch {
  const listeners = new Set<() => void>();
  const answers = new Map<string, Int32Array>();
  let answersVersion = -1;
  const index = createLiveIndex<Lead>(reads, {
    collection: "leads",
    numberOf: rows.numberOf,
    searchableOf,
    scan: () => scanLeads(reads, rows),
    onBuilt() {
      for (const listener of listeners) listener();
    },
  });

  return {
    async rank(text) {
      const built = index.now();
      if (!built) return rankBySql(reads, rows, text);
      // Scrolling through matches asks for the same text again and again.
      if (answersVersion !== index.version()) answers.clear();
      answersVersion = index.version();
      const ranked = answers.get(text) ?? built.rank(text);
      answers.set(text, ranked);
      const oldest = answers.size > keptAnswers ? answers.keys().next().value : undefined;
      if (oldest !== undefined) answers.delete(oldest);
      return ranked;
    },
    isBuilt: () => index.now() !== null,
    build: index.build,
    onBuilt(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    size: () => index.now()?.size() ?? null,
    close: index.close,
  };
}

function searchableOf({ name, company, email, phone, phoneSecond, notes }: SearchedLead): Searchable {
  return { name, company, contact: email, phones: [phone, phoneSecond], notes };
}

async function* scanLeads(reads: Reads, rows: LeadRows): AsyncIterable<readonly Lead[]> {
  const fields = ["name", "company", "email", "phone", "phoneSecond", "notes"];
  const pairs = fields.map((field) => `'${field}', doc->'${field}'`).join(", ");
  for (const range of await rows.pages(pageSize)) {
    const parameters = createParameters();
    const [page] = await reads.sql<{ leads: Lead[] | null }>(
      `select json_agg(json_build_object('id', id, ${pairs})) as leads
       from ${reads.table("leads")} where ${rangeSql(range, parameters)}`,
      parameters.values,
    );
    await giveWay();
    yield page?.leads ?? [];
  }
}

/** Until the index stands: every word somewhere, matches in the name first. No typing mistakes forgiven. */
async function rankBySql(reads: Reads, rows: LeadRows, text: string): Promise<Int32Array> {
  const [words = []] = readingsOf(text);
  if (words.length === 0) return new Int32Array(0);
  const texts = "concat_ws(' ', doc->>'name', doc->>'company', doc->>'email', doc->>'notes')";
  const digits = "regexp_replace(concat_ws(' ', doc->>'phone', doc->>'phoneSecond'), '[^0-9 ]', '', 'g')";
  const parameters = createParameters();
  const patterns = words.map((word) => parameters.add(`%${word.replaceAll(/[\\%_]/gu, "\\$&")}%`));
  const everywhere = patterns.map((pattern) => `(${texts} ilike ${pattern} or ${digits} like ${pattern})`);
  const [found] = await reads.sql<{ ids: string | null }>(
    `select string_agg(id, ' ' order by (doc->>'name' ilike ${patterns[0]}) desc, id) as ids
     from ${reads.table("leads")} where not deleted and ${everywhere.join(" and ")}`,
    parameters.values,
  );
  return Int32Array.from((found?.ids ?? "").split(" ").filter(Boolean), rows.numberOf);
}
