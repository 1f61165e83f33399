import type { PlannedFilter } from "../../../shared/leads/plan-filters.ts";
import { giveWay } from "../live/slices.ts";
import type { Reads } from "../replica.ts";
import { filterSql } from "./filter-sql.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";
import type { IdRange, LeadRows } from "./lead-rows.ts";

/** Rows read at a time: some 8 ms of PGlite. */
const pageSize = 1_000;

/**
 * Reads ids, and one value, of all leads that pass the stored filters, in steps short enough to let everything
 * else through in between.
 * @param valueSql a jsonb expression over `doc`
 */
export async function scanKeys(
  reads: Reads,
  rows: LeadRows,
  filters: readonly PlannedFilter[],
  valueSql: string,
  take: (id: string, raw: unknown) => void,
): Promise<void> {
  for (const range of await rows.pages(pageSize)) {
    const parameters = createParameters();
    const [page] = await reads.sql<{ ids: string | null; values: unknown[] | null }>(
      `select string_agg(id, ' ' order by id) as ids, json_agg(${valueSql} order by id) as values
       from ${reads.table("leads")}
       where ${rangeSql(range, parameters)} and ${filterSql(filters, parameters)}`,
      parameters.values,
    );
    const ids = page?.ids ? page.ids.split(" ") : [];
    for (let at = 0; at < ids.length; at += 1) take(ids[at] as string, page?.values?.[at]);
    await giveWay();
  }
}

/** Asks for several filters in one pass; `take` hears of each lead with the numbers of the filters it passes. */
export async function scanMemberships(
  reads: Reads,
  rows: LeadRows,
  filterSets: readonly (readonly PlannedFilter[])[],
  take: (id: string, passed: readonly number[]) => void,
): Promise<void> {
  for (const range of await rows.pages(pageSize)) {
    const parameters = createParameters();
    const within = rangeSql(range, parameters);
    const bits = filterSets.map((filters) => `(${filterSql(filters, parameters)})::int`);
    const [page] = await reads.sql<{ lines: string | null }>(
      `select string_agg(id || ':' || concat(${bits.join(", ")}), ' ') as lines
       from ${reads.table("leads")} where ${within}`,
      parameters.values,
    );
    for (const line of page?.lines?.split(" ") ?? []) {
      const end = line.lastIndexOf(":");
      take(line.slice(0, end), onesOf(line.slice(end + 1)));
    }
    await giveWay();
  }
}

export function rangeSql({ after, through }: IdRange, parameters: Parameters): string {
  const parts = ["not deleted"];
  if (after !== null) parts.push(`id > ${parameters.add(after)}`);
  if (through !== null) parts.push(`id <= ${parameters.add(through)}`);
  return parts.join(" and ");
}

function onesOf(bits: string): number[] {
  const ones: number[] = [];
  for (let at = bits.indexOf("1"); at !== -1; at = bits.indexOf("1", at + 1)) ones.push(at);
  return ones;
}
