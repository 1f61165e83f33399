import type { Filter, Sort } from "../../../shared/entities/setting.ts";
import type { LeadSearch } from "../search/lead-search.ts";
import { readFirstPage, type FirstPage } from "./first-page.ts";
import type { LeadIndex } from "./lead-index.ts";
import type { LeadSort } from "./lead-orders.ts";
import type { ListStart } from "./standing-pages.ts";

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

/**
 * One window of a list. The first look at a list comes from the last time where nothing was written since, or from
 * the database in one statement; its order is built behind it, and answers from then on.
 */
export async function lookAtLeads(
  index: LeadIndex,
  search: LeadSearch,
  wish: Omit<LeadWish, "sort"> & { sort: Sort; offset: number; limit: number },
): Promise<{ total: number; ids: string[] }> {
  const { filters, sort, offset, limit } = wish;
  if (wish.search.trim() === "" && !index.hasOrder(filters, sort)) {
    await index.context.ready;
    const page = await readUnordered(index, wish);
    index.order(filters, sort);
    if (page) return page;
  }
  const ranked = await rankLeads(index, search, wish);
  return {
    total: ranked.total,
    ids: Array.from(ranked.slice(offset, offset + limit), index.context.rows.idOf),
  };
}

async function readUnordered(
  { context, standingPages }: LeadIndex,
  { filters, sort, offset, limit }: ListStart & { offset: number },
): Promise<FirstPage | null> {
  const read = () =>
    readFirstPage(context.replica.reads, context.plan(filters), sort, context.sorting(), { offset, limit });
  if (offset > 0) return read();
  const start = { filters, sort, limit };
  return standingPages.find(start) ?? standingPages.read(start, read);
}

/** The numbers of all leads of a list, in no order. */
export async function membersOf(
  index: LeadIndex,
  search: LeadSearch,
  { filters, search: text }: Omit<LeadWish, "sort">,
): Promise<{ has(row: number): boolean }> {
  const built = index.set(filters);
  const set = built.now ?? (await built.ready);
  if (text.trim() === "") return set;
  const matches = new Set(await search.rank(text));
  return { has: (row) => matches.has(row) && set.has(row) };
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
