import type { Sort } from "../../../../shared/entities/setting.ts";
import type { LeadField } from "../model/lead-fields.ts";

/** Sorting by a column: the other way round if it is sorted by already, otherwise as one wants it first: best and newest on top. */
export function sortedBy(sort: Sort, field: string, fields: readonly LeadField[]): Sort {
  if (sort.field === field) return { field, direction: sort.direction === "asc" ? "desc" : "asc" };
  const kind = fields.find(({ path }) => path === field)?.kind;
  const bestFirst = kind === "score" || kind === "number" || kind === "money" || kind === "instant";
  return { field, direction: bestFirst && field !== "nextTask.dueAt" ? "desc" : "asc" };
}
