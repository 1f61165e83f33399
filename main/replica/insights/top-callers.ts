import type { MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import type { insightTopCallers } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";
import { itemsOfAlike, nameOf, readItemLabels } from "./adherence.ts";
import { callFacts } from "./call-facts.ts";
import { tellingCalls } from "./overview.ts";
import {
  inPeriod,
  ofEverybody,
  outcomeOf,
  periodsOf,
  type InsightPorts,
  type InsightScope,
} from "./scope.ts";

type TopCallers = OutputOf<typeof insightTopCallers>;
type Difference = TopCallers["differences"][number];
/** One figure of those at the top, or of the rest. */
type Side = { n: number; mean: number; variance: number | null };
type ItemSide = {
  playbook: string;
  key: string;
  isTop: boolean;
  n: number;
  done: number | null;
  example: string;
};

/** How somebody talks; what a call is by itself (its length, its turns) says little about a caller. */
const told: readonly MetricName[] = [
  "talkShare",
  "longestMonologueMs",
  "longestCustomerMs",
  "patienceMs",
  "interactivity",
  "interruptionRate",
  "paceWpm",
  "questionsAsked",
  "fillersPerMinute",
  "silenceShare",
  "customerSentiment",
];
const mostShown = 8;
const fewestAgents = 4;
/** Below it, a figure is the same in all calls but for rounding. */
const leastSpread = 1e-9;

/** The quarter of the agents with the best outcome against the others, by Cohen's d over their calls. */
export async function readTopCallers(ports: InsightPorts, scope: InsightScope): Promise<TopCallers> {
  const ranked = await rankAgents(ports, scope);
  if (ranked.length < fewestAgents) return { top: 0, others: ranked.length, differences: [] };
  const top = ranked.slice(0, Math.ceil(ranked.length / 4));
  const differences = [
    ...(await compareMetrics(ports, scope, ranked, top)),
    ...(await compareItems(ports, scope, ranked, top)),
  ];
  return {
    top: top.length,
    others: ranked.length - top.length,
    differences: differences
      .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect) || (a.of < b.of ? -1 : 1))
      .slice(0, mostShown),
  };
}

async function rankAgents(ports: InsightPorts, scope: InsightScope): Promise<string[]> {
  const parameters = createParameters();
  const found = await ports.replica.reads.sql<{ id: string }>(
    `select agent_id as id from ${callFacts}
     where agent_id is not null and ${ofEverybody(scope, parameters)}
       and ${inPeriod(periodsOf(scope, ports).now, parameters)}
     group by 1 having count(*) >= ${tellingCalls}
     order by avg((disposition = ${parameters.add(outcomeOf(scope, ports.settings))})::int) desc, 1`,
    parameters.values,
  );
  return found.map(({ id }) => id);
}

async function compareMetrics(
  ports: InsightPorts,
  scope: InsightScope,
  ranked: readonly string[],
  top: readonly string[],
): Promise<Difference[]> {
  const parameters = createParameters();
  const columns = told.map(
    (name) =>
      `json_build_object('n', count("${name}"), 'mean', avg("${name}"), 'variance', var_samp("${name}"))`,
  );
  const rows = await ports.replica.reads.sql<{ isTop: boolean; sides: Partial<Side>[] }>(
    `select agent_id = any(${parameters.add(top)}::text[]) as "isTop", json_build_array(${columns.join(", ")}) as sides
     from ${callFacts} where ${ofAgents(ports, scope, ranked, parameters)} group by 1`,
    parameters.values,
  );
  const sidesOf = (isTop: boolean) => rows.find((row) => row.isTop === isTop)?.sides ?? [];
  const [ofTop, ofOthers] = [sidesOf(true), sidesOf(false)];
  return told.flatMap((of, index) => differenceOf(of, of, ofTop[index], ofOthers[index]) ?? []);
}

async function compareItems(
  ports: InsightPorts,
  scope: InsightScope,
  ranked: readonly string[],
  top: readonly string[],
): Promise<Difference[]> {
  const parameters = createParameters();
  const found = await ports.replica.reads.sql<ItemSide>(
    `select playbook, key, is_top as "isTop", sum(calls)::int as n, sum(calls) filter (where is_done)::int as done,
       max(example) as example
     from (select agent_id = any(${parameters.add(top)}::text[]) as is_top, playbook, done, skipped, count(*) as calls,
         max(call_id) as example
       from ${callFacts} where ${ofAgents(ports, scope, ranked, parameters)} group by 1, 2, 3, 4) alike, ${itemsOfAlike}
     group by 1, 2, 3`,
    parameters.values,
  );
  const labels = await readItemLabels(ports, found);
  return Array.from(Map.groupBy(found, nameOf)).flatMap(([name, sides]) => {
    const [ofTop, ofOthers] = [true, false].map((isTop) => sides.find((side) => side.isTop === isTop));
    const of = `item:${name}`;
    return differenceOf(of, labels.get(name) ?? name, shareOf(ofTop), shareOf(ofOthers)) ?? [];
  });
}

function ofAgents(
  ports: InsightPorts,
  scope: InsightScope,
  agents: readonly string[],
  parameters: Parameters,
): string {
  return `agent_id = any(${parameters.add(agents)}::text[]) and ${ofEverybody(scope, parameters)}
    and ${inPeriod(periodsOf(scope, ports).now, parameters)}`;
}

/** Of zeros and ones. */
function shareOf(side: ItemSide | undefined): Partial<Side> | undefined {
  if (!side) return undefined;
  const { n } = side;
  const mean = (side.done ?? 0) / n;
  return { n, mean, variance: n > 1 ? (n / (n - 1)) * mean * (1 - mean) : 0 };
}

/** Null where either side has too few calls, or none differs from the others. */
function differenceOf(
  of: string,
  label: string,
  top: Partial<Side> = {},
  others: Partial<Side> = {},
): Difference | null {
  const { n: n1 = 0, mean: m1 = 0, variance: v1 } = top;
  const { n: n0 = 0, mean: m0 = 0, variance: v0 } = others;
  const pooled = Math.sqrt(((n1 - 1) * (v1 ?? 0) + (n0 - 1) * (v0 ?? 0)) / (n1 + n0 - 2));
  if (n1 < tellingCalls || n0 < tellingCalls || !(pooled > leastSpread)) return null;
  return { of, label, top: m1, others: m0, effect: (m1 - m0) / pooled };
}
