import type { Lead } from "../../../shared/entities/lead.ts";
import type { Filter } from "../../../shared/entities/setting.ts";
import { matchesFilters } from "../../../shared/leads/match-filters.ts";
import { planFilters, type FilterContext, type PlannedFilter } from "../../../shared/leads/plan-filters.ts";
import type { SortContext } from "../../../shared/leads/sort-keys.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { dayOf } from "../../../shared/time/zone.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Replica } from "../replica.ts";
import { isDerived } from "./filter-sql.ts";
import type { LeadRows } from "./lead-rows.ts";
import type { NextTasks } from "./next-tasks.ts";
import type { SeenLeads } from "./seen-leads.ts";

/** Everything that says what a filter or a sort of leads means here and now. */
export type LeadContext = {
  replica: Replica;
  rows: LeadRows;
  nextTasks: NextTasks;
  seen: SeenLeads;
  /** Resolves when `plan` and the rest can be asked. */
  ready: Promise<void>;
  today(): string;
  /** When the next task of a lead is due by the desk's clock. */
  nextDueOf(leadId: string): string | null;
  plan(filters: readonly Filter[]): PlannedFilter[];
  sorting(): SortContext;
  passes(plan: readonly PlannedFilter[], lead: Lead): boolean;
  /** Only the filters that SQL leaves out. */
  passesDerived(plan: readonly PlannedFilter[], id: string): boolean;
};

export function createLeadContext(
  replica: Replica,
  settings: TenantSettings,
  rows: LeadRows,
  nextTasks: NextTasks,
  seen: SeenLeads,
  clock: LocalClock,
): LeadContext {
  const today = () => dayOf(clock.now(), clock.zone());
  const filterContext = (): FilterContext => ({
    me: replica.me.userId,
    today: today(),
    zone: clock.zone(),
    fields: settings.fields("leads"),
  });
  const { dueOf: nextDueOf } = nextTasks;
  const derivedOf = (id: string) => ({ nextTaskDueAt: nextDueOf(id) });
  return {
    replica,
    rows,
    nextTasks,
    seen,
    ready: Promise.all([nextTasks.ready, settings.ready]).then(() => {}),
    today,
    nextDueOf,
    plan: (filters) => planFilters(filters, filterContext()),
    sorting: () => ({
      fields: settings.fields("leads"),
      stageOrder: new Map(settings.stages("leads").map(({ key }, at) => [key, at])),
      ownerNames: new Map(settings.people().map(({ userId, name }) => [userId, name])),
    }),
    passes: (plan, lead) => matchesFilters(lead, plan, derivedOf(lead.id)),
    passesDerived(plan, id) {
      const derived = plan.filter(isDerived);
      return derived.length === 0 || matchesFilters({}, derived, derivedOf(id));
    },
  };
}
