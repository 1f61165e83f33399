import type { Lead } from "../../../shared/entities/lead.ts";
import type { Filter, Sort } from "../../../shared/entities/setting.ts";
import { leadFieldKind } from "../../../shared/leads/lead-fields.ts";
import { dependsOnToday, type PlannedFilter } from "../../../shared/leads/plan-filters.ts";
import {
  sortKeyOf,
  sortsByNextTask,
  type SortContext,
  type SortKey,
} from "../../../shared/leads/sort-keys.ts";
import { readField } from "../../../shared/sync/fields.ts";
import { isDerived, jsonOf } from "./filter-sql.ts";
import type { LeadContext } from "./lead-context.ts";
import { createLeadOrder, type LeadOrder } from "./lead-order.ts";
import { scanKeys } from "./scan-leads.ts";
import type { Tracked } from "./tracked-answers.ts";

/** `board` groups by stage, hottest first. */
export type LeadSort = Sort | { field: "board"; direction: "asc" };

/** The leads of a filter in the order of a sort, as something that is built once and follows every change. */
export function trackOrder(
  context: LeadContext,
  filters: readonly Filter[],
  sort: LeadSort,
): Tracked<LeadOrder> {
  const { replica, rows } = context;
  let plan: PlannedFilter[] = [];
  let sorting: SortContext = { fields: new Map(), stageOrder: new Map(), ownerNames: new Map() };
  const keyOf = (id: string, raw: unknown): SortKey => {
    if (sort.field === "board") return boardKey(raw as [unknown, unknown]);
    const value = sortsByNextTask(sort.field) ? context.nextDueOf(id) : raw;
    return sortKeyOf(sort.field, value, sorting);
  };

  return {
    daily: dependsOnToday(filters),
    derived: sortsByNextTask(sort.field) || filters.some(isDerived),
    async build() {
      await context.ready;
      plan = context.plan(filters);
      sorting = context.sorting();
      const entries: { row: number; key: SortKey }[] = [];
      await scanKeys(replica.reads, rows, plan, valueSqlOf(sort, sorting), (id, raw) => {
        if (context.passesDerived(plan, id)) entries.push({ row: rows.numberOf(id), key: keyOf(id, raw) });
      });
      return createLeadOrder(entries, { direction: sort.direction, idOf: rows.idOf });
    },
    apply(order, changes) {
      order.update(
        changes.map(({ id, lead }) => ({
          row: rows.numberOf(id),
          key: lead && context.passes(plan, lead) ? keyOf(id, rawOf(sort, lead)) : undefined,
        })),
      );
    },
  };
}

/** The stage that a key of a board's order begins with. */
export function stageOfBoardKey(key: SortKey): string {
  return String(key ?? "").split("\u0000")[0] ?? "";
}

function boardKey([stage, score]: [unknown, unknown]): string {
  const heat = typeof score === "number" ? score : -1;
  return `${typeof stage === "string" ? stage : ""}\u0000${String(999 - heat).padStart(4, "0")}`;
}

function valueSqlOf(sort: LeadSort, { fields }: SortContext): string {
  if (sort.field === "board") return "jsonb_build_array(doc->'stage', doc->'score')";
  if (sortsByNextTask(sort.field) || !leadFieldKind(sort.field, fields)) return "'null'::jsonb";
  return jsonOf(sort.field);
}

function rawOf(sort: LeadSort, lead: Lead): unknown {
  return sort.field === "board" ? [lead.stage, lead.score] : readField(lead, sort.field);
}
