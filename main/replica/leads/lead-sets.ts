import type { Filter } from "../../../shared/entities/setting.ts";
import { dependsOnToday, type PlannedFilter } from "../../../shared/leads/plan-filters.ts";
import { isDerived } from "./filter-sql.ts";
import type { LeadContext } from "./lead-context.ts";
import { createLeadSet, type LeadSet } from "./lead-set.ts";
import { scanMemberships } from "./scan-leads.ts";
import type { Tracked } from "./tracked-answers.ts";

/** Starts sets that are wanted together: the table is read once for all of them. */
export function createSetBuilder(context: LeadContext): (filters: readonly Filter[]) => Tracked<LeadSet> {
  let waiting: Wanted[] = [];

  function enqueue(plan: () => PlannedFilter[]): Promise<LeadSet> {
    return new Promise((resolve, reject) => {
      if (waiting.length === 0) void Promise.resolve().then(buildWaiting);
      waiting.push({ plan, resolve, reject });
    });
  }
  async function buildWaiting(): Promise<void> {
    const batch = waiting;
    waiting = [];
    try {
      await context.ready;
      const sets = await buildSets(
        context,
        batch.map(({ plan }) => plan()),
      );
      batch.forEach(({ resolve }, at) => resolve(sets[at] as LeadSet));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (filters) => {
    let plan: PlannedFilter[] = [];
    return {
      daily: dependsOnToday(filters),
      derived: filters.some(isDerived),
      build: () => enqueue(() => (plan = context.plan(filters))),
      apply(set, changes) {
        for (const { id, lead } of changes) {
          set.put(context.rows.numberOf(id), lead !== null && context.passes(plan, lead));
        }
      },
    };
  };
}

type Wanted = {
  plan: () => PlannedFilter[];
  resolve: (set: LeadSet) => void;
  reject: (error: unknown) => void;
};

async function buildSets(
  { replica, rows, passesDerived }: LeadContext,
  plans: PlannedFilter[][],
): Promise<LeadSet[]> {
  const sets = plans.map(() => createLeadSet());
  await scanMemberships(replica.reads, rows, plans, (id, passed) => {
    for (const at of passed) {
      if (passesDerived(plans[at] ?? [], id)) sets[at]?.put(rows.numberOf(id), true);
    }
  });
  return sets;
}
