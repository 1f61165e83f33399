import type { insightAdherence } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters } from "../live/parameters.ts";
import { callFacts } from "./call-facts.ts";
import { tellingCalls } from "./overview.ts";
import {
  inPeriod,
  inScope,
  outcomeOf,
  periodsOf,
  whichOf,
  type InsightPorts,
  type InsightScope,
} from "./scope.ts";

type Adherence = OutputOf<typeof insightAdherence>;
type Counts = { done: number; skipped: number; wonDone: number; wonSkipped: number };
/** Of an item of one playbook: another may have one of the same key. */
type Item = { playbook: string; key: string };
type Side = Item & { isDone: boolean; calls: number; won: number; example: string };

/** What came of doing each item: those of a playbook together, most used first, and in it most gained first. */
export async function readAdherence(ports: InsightPorts, scope: InsightScope): Promise<Adherence> {
  const outcome = outcomeOf(scope, ports.settings);
  const sides = await readSides(ports, scope, outcome);
  const labels = await readItemLabels(ports, sides);
  const weeks = await readWeeks(ports, scope);
  const playbooks = new Map(ports.settings.playbooks().map(({ key, label }) => [key, label]));
  const items = [...Map.groupBy(sides, nameOf)].map(([name, both]) => {
    const { playbook, key } = both[0] as Side;
    return {
      ...{ playbook, playbookLabel: playbooks.get(playbook) ?? playbook },
      ...{ key, label: labels.get(name) ?? key },
      ...weigh(countsOf(both)),
      weeks: weeks.map((shares) => shares.get(name) ?? null),
    };
  });
  return { outcome, items: inOrder(items) };
}

export function nameOf({ playbook, key }: Item): string {
  return `${playbook}/${key}`;
}

function inOrder(items: Adherence["items"]): Adherence["items"] {
  const most = new Map<string, number>();
  for (const { playbook, done, skipped } of items)
    most.set(playbook, Math.max(done + skipped, most.get(playbook) ?? 0));
  const use = ({ playbook }: Item) => most.get(playbook) ?? 0;
  const byName = (a: Item, b: Item) => (nameOf(a) < nameOf(b) ? -1 : 1);
  return items.toSorted(
    (a, b) =>
      use(b) - use(a) ||
      (a.playbook === b.playbook ? (b.gain ?? 0) - (a.gain ?? 0) : byName(a, b)) ||
      byName(a, b),
  );
}

function readSides(ports: InsightPorts, scope: InsightScope, outcome: string): Promise<Side[]> {
  const parameters = createParameters();
  const won = `disposition = ${parameters.add(outcome)}`;
  return ports.replica.reads.sql<Side>(
    `select playbook, key, is_done as "isDone", sum(calls)::int as calls, sum(won)::int as won, max(example) as example
     from (select playbook, done, skipped, count(*) as calls, count(*) filter (where ${won}) as won, max(call_id) as example
       from ${callFacts}
       where ${inScope(scope, ports.replica, parameters)}
         and ${inPeriod(periodsOf(scope, ports).now, parameters)}
       group by 1, 2, 3) alike, ${itemsOfAlike}
     group by 1, 2, 3`,
    parameters.values,
  );
}

/** Of each of the last twelve weeks the share of calls in which an item was done, by `nameOf`. */
async function readWeeks(ports: InsightPorts, scope: InsightScope): Promise<Map<string, number>[]> {
  const { weeks } = periodsOf(scope, ports);
  const parameters = createParameters();
  const found = await ports.replica.reads.sql<Item & { week: number; share: number | null }>(
    `select week, playbook, key, sum(calls) filter (where is_done)::float8 / sum(calls) as share
     from (select ${whichOf(weeks, parameters)} as week, playbook, done, skipped, count(*) as calls from ${callFacts}
       where ${inScope(scope, ports.replica, parameters)} group by 1, 2, 3, 4) alike, ${itemsOfAlike}
     where week is not null group by 1, 2, 3`,
    parameters.values,
  );
  const byWeek = Map.groupBy(found, ({ week }) => week);
  return weeks.map((_, index) => new Map((byWeek.get(index) ?? []).map((of) => [nameOf(of), of.share ?? 0])));
}

/**
 * Calls in which the same items were done and skipped are counted together before their items are told apart: there
 * are far fewer of such groups than calls, and it takes a fifth of the time.
 */
export const itemsOfAlike = `lateral (
  select unnest(done) as key, true as is_done union all select unnest(skipped), false) item`;

function countsOf(sides: readonly Side[]): Counts {
  const done = sides.find(({ isDone }) => isDone);
  const skipped = sides.find(({ isDone }) => !isDone);
  return {
    done: done?.calls ?? 0,
    skipped: skipped?.calls ?? 0,
    wonDone: done?.won ?? 0,
    wonSkipped: skipped?.won ?? 0,
  };
}

/** As a report calls them in which they stand, by `nameOf`. @param known with a call that has the item */
export async function readItemLabels(
  { replica }: Pick<InsightPorts, "replica">,
  known: readonly { example: string }[],
): Promise<Map<string, string>> {
  const ids = new Set(known.map(({ example }) => `report:${example}`));
  const reports = await replica.reads.getAll("insights", [...ids]);
  return new Map(
    [...reports.values()].flatMap((report) =>
      report.kind === "report"
        ? report.items.map(({ key, label }) => [nameOf({ playbook: report.playbook, key }), label] as const)
        : [],
    ),
  );
}

/** Outcomes of 100 calls on either side, their difference, and whether it says anything. */
export function weigh({ done, skipped, wonDone, wonSkipped }: Counts) {
  const [p, q] = [wonDone / Math.max(1, done), wonSkipped / Math.max(1, skipped)];
  const both = done > 0 && skipped > 0;
  // Wald's interval of a difference of two shares.
  const error = Math.sqrt((p * (1 - p)) / Math.max(1, done) + (q * (1 - q)) / Math.max(1, skipped));
  const isFew = done < tellingCalls || skipped < tellingCalls;
  return {
    done,
    skipped,
    outcomeDone: done > 0 ? 100 * p : null,
    outcomeSkipped: skipped > 0 ? 100 * q : null,
    gain: both ? 100 * (p - q) : null,
    unsure: isFew || Math.abs(p - q) <= 1.96 * error,
  };
}
