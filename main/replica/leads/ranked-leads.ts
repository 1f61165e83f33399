import type { Filter } from "../../../shared/entities/setting.ts";
import type { LeadSearch } from "../search/lead-search.ts";
import type { LeadIndex } from "./lead-index.ts";
import type { LeadSort } from "./lead-orders.ts";

/** Leads that pass filters and search, in order, by their numbers. */
export type RankedLeads = {
  total: number;
  slice(from: number, to: number): Int32Array;
  indexOf(row: number): number;
};

export type LeadWish = { filters: readonly Filter[]; sort: LeadSort; search: string };

/** Best match first while searching, otherwise in the order of the sort. */
export async function rankLeads(index: LeadIndex, search: LeadSearch, wish: LeadWish): Promise<RankedLeads> {
  if (wish.search.trim() === "") return orderedLeads(index, wish);
  const rows = await search.rank(wish.search);
  return listOf(wish.filters.length === 0 ? rows : await filtered(index, wish.filters, rows));
}

/** The same whatever the order: for edits of a whole selection. */
export async function selectLeads(
  index: LeadIndex,
  search: LeadSearch,
  { filters, search: text }: Omit<LeadWish, "sort">,
): Promise<string[]> {
  const sort: LeadSort = { field: "createdAt", direction: "asc" };
  const ranked = await rankLeads(index, search, { filters, sort, search: text });
  return Array.from(ranked.slice(0, ranked.total), index.context.rows.idOf);
}

async function orderedLeads(index: LeadIndex, { filters, sort }: LeadWish): Promise<RankedLeads> {
  const built = index.order(filters, sort);
  const order = built.now ?? (await built.ready);
  return { total: order.length(), slice: order.slice, indexOf: order.indexOf };
}

async function filtered(index: LeadIndex, filters: readonly Filter[], rows: Int32Array): Promise<Int32Array> {
  const built = index.set(filters);
  const set = built.now ?? (await built.ready);
  return rows.filter((row) => set.has(row));
}

function listOf(rows: Int32Array): RankedLeads {
  return {
    total: rows.length,
    slice: (from, to) => rows.slice(from, to),
    indexOf: (row) => rows.indexOf(row),
  };
}
