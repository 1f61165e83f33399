import type { MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import type { insightTopCallers } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters } from "../live/parameters.ts";
import { readItemLabels } from "./adherence.ts";
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
/** Mean and variance of one figure, for those at the top and for the rest. */
type Sides = { n1: number; m1: number; v1: number; n0: number; m0: number; v0: number };

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
  const isTop = `agent_id = any(${parameters.add(top)}::text[])`;
  const columns = told.map((name) => `'${name}', ${sidesSql(`"${name}"`, isTop)}`);
  const [row] = await ports.replica.reads.sql<{ found: Record<string, Partial<Sides>> }>(
    `select json_build_object(${columns.join(", ")}) as found from ${callFacts}
     where agent_id = any(${parameters.add(ranked)}::text[]) and ${ofEverybody(scope, parameters)}
       and ${inPeriod(periodsOf(scope, ports).now, parameters)}`,
    parameters.values,
  );
  return Object.entries(row?.found ?? {}).flatMap(([of, sides]) => differenceOf(of, of, sides) ?? []);
}

async function compareItems(
  ports: InsightPorts,
  scope: InsightScope,
  ranked: readonly string[],
  top: readonly string[],
): Promise<Difference[]> {
  const parameters = createParameters();
  const isTop = `agent_id = any(${parameters.add(top)}::text[])`;
  const found = await ports.replica.reads.sql<{ key: string; example: string; sides: Partial<Sides> }>(
    `select key, max(call_id) as example, ${sidesSql("was_done", isTop)} as sides
     from (select agent_id, call_id, unnest(done || skipped) as key,
         (generate_subscripts(done || skipped, 1) <= cardinality(done))::int as was_done
       from ${callFacts}
       where agent_id = any(${parameters.add(ranked)}::text[]) and ${ofEverybody(scope, parameters)}
         and ${inPeriod(periodsOf(scope, ports).now, parameters)}) item
     group by key`,
    parameters.values,
  );
  const labels = await readItemLabels(
    ports,
    found.map(({ example }) => example),
  );
  return found.flatMap(({ key, sides }) => differenceOf(`item:${key}`, labels.get(key) ?? key, sides) ?? []);
}

function sidesSql(value: string, isTop: string): string {
  const of = (side: string, where: string) =>
    `'n${side}', count(${value}) filter (where ${where}), 'm${side}', avg(${value}) filter (where ${where}),
     'v${side}', var_samp(${value}) filter (where ${where})`;
  return `json_build_object(${of("1", isTop)}, ${of("0", `not ${isTop}`)})`;
}

/** Null where either side has too few calls, or none differs from the others. */
function differenceOf(of: string, label: string, sides: Partial<Sides>): Difference | null {
  const { n1 = 0, m1 = 0, v1 = 0, n0 = 0, m0 = 0, v0 = 0 } = sides;
  const pooled = Math.sqrt(((n1 - 1) * v1 + (n0 - 1) * v0) / (n1 + n0 - 2));
  if (n1 < tellingCalls || n0 < tellingCalls || !(pooled > leastSpread)) return null;
  return { of, label, top: m1, others: m0, effect: (m1 - m0) / pooled };
}
