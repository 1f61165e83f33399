import type { Sort } from "../../../shared/entities/setting.ts";
import { leadFieldKind, nextTaskField } from "../../../shared/leads/lead-fields.ts";
import type { PlannedFilter } from "../../../shared/leads/plan-filters.ts";
import type { SortContext } from "../../../shared/leads/sort-keys.ts";
import type { Reads } from "../replica.ts";
import { filterSql, isDerived, jsonOf } from "./filter-sql.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";

/** What the database can say of a list while its whole order is not in memory yet. */
export type FirstPage = { total: number; ids: string[] };

/** @returns null where only memory knows, because next tasks have a say */
export async function readFirstPage(
  reads: Reads,
  plan: readonly PlannedFilter[],
  sort: Sort,
  sorting: SortContext,
  { offset, limit }: { offset: number; limit: number },
): Promise<FirstPage | null> {
  if (plan.some(isDerived) || sort.field === nextTaskField) return null;
  const parameters = createParameters();
  const where = `not deleted and ${filterSql(plan, parameters)}`;
  const key = keySql(sort.field, sorting, parameters);
  // The table is larger than PGlite's memory: it is read once, for the count and the page.
  const [found] = await reads.sql<{ total: number; ids: string[] | null }>(
    `with found as materialized (select id, ${key} as key from ${reads.table("leads")} where ${where})
     select (select count(*)::int from found) as total, (select json_agg(id) from (
       select id from found order by key ${sort.direction === "desc" ? "desc" : "asc"} nulls last, id
       limit ${parameters.add(limit)} offset ${parameters.add(offset)}) page) as ids`,
    parameters.values,
  );
  return { total: found?.total ?? 0, ids: found?.ids ?? [] };
}

/** The same order as `sortKeyOf`, but for letters that SQL folds less thoroughly. */
function keySql(
  field: string,
  { fields, stageOrder, ownerNames }: SortContext,
  parameters: Parameters,
): string {
  if (field === "stage")
    return `(${parameters.add(JSON.stringify(Object.fromEntries(stageOrder)))}::jsonb->>(doc->>'stage'))::int`;
  if (field === "ownerId")
    return textSql(
      `(${parameters.add(JSON.stringify(Object.fromEntries(ownerNames)))}::jsonb->>(doc->>'ownerId'))`,
    );
  const kind = leadFieldKind(field, fields);
  if (!kind) return "null::text";
  const json = jsonOf(field);
  if (kind === "number") return `(case when jsonb_typeof(${json}) = 'number' then ${json}::float8 end)`;
  if (kind === "boolean")
    return `coalesce(case when jsonb_typeof(${json}) = 'boolean' then ${json}::bool end, false)`;
  return textSql(`(${json} #>> '{}')`);
}

/** Folding every text would cost more than sorting: only those that are not plain ASCII are. */
function textSql(text: string): string {
  const folded = `lower(regexp_replace(normalize(${text}, NFKD), '[\u0300-\u036f]', '', 'g'))`;
  return `nullif(case when ${text} ~ '[^ -~]' then ${folded} else lower(${text}) end, '') collate "C"`;
}
