import { metricNames, type MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import type { insightDistribution, insightDistributions } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";
import { giveWay } from "../live/slices.ts";
import { callFacts } from "./call-facts.ts";
import { inPeriod, inScope, periodsOf, type InsightPorts, type InsightScope, type Period } from "./scope.ts";

type Distribution = OutputOf<typeof insightDistribution>;
type Quantiles = { calls: number; at: number[] | null };
type OfMetric = InsightScope & { metric: MetricName };
/** Steps of one width, from the lowest to the highest value that is not an outlier. */
export type Steps = { low: number; width: number; count: number };

const steps = 20;
const asked = "array[0.01, 0.1, 0.5, 0.9, 0.99]";

/** @param scope with the metric to be spread */
export async function readDistribution(ports: InsightPorts, scope: OfMetric): Promise<Distribution> {
  const { now, before } = periodsOf(scope, ports);
  const { calls, at } = await readQuantiles(ports, scope, now);
  const earlier = await readQuantiles(ports, scope, before);
  const bins = at ? await readBins(ports, scope, now, stepsOf(at)) : [];
  return {
    calls,
    spread: spreadOf(at),
    spreadBefore: spreadOf(earlier.at),
    bins: bins.map((bin) => ({ ...bin, share: bin.calls / calls })),
  };
}

/** All of them, in the catalogue's order, but those of which no call tells. */
export async function readDistributions(
  ports: InsightPorts,
  scope: InsightScope,
): Promise<OutputOf<typeof insightDistributions>> {
  const metrics: OutputOf<typeof insightDistributions>["metrics"] = [];
  for (const metric of metricNames) {
    const found = await readDistribution(ports, { ...scope, metric });
    if (found.calls > 0) metrics.push({ metric, ...found });
    // An edit does not wait for all of them.
    await giveWay();
  }
  return { metrics };
}

/** The steps that a metric's bars stand on now; null = no call tells. */
export async function readSteps(ports: InsightPorts, scope: OfMetric): Promise<Steps | null> {
  const { at } = await readQuantiles(ports, scope, periodsOf(scope, ports).now);
  return at && stepsOf(at);
}

/** On which step a value stands, counted from 1: on the first and the last one also what lies beyond. */
export function stepSql(metric: MetricName, { low, width, count }: Steps, parameters: Parameters): string {
  if (count === 1) return "1";
  const [from, to] = [parameters.add(low), parameters.add(low + width * count)];
  return `least(${count}, greatest(1, width_bucket("${metric}", ${from}::float8, ${to}::float8, ${count})))`;
}

function stepsOf(at: readonly number[]): Steps {
  const [low = 0, high = 0] = [at[0], at[4]];
  const count = high > low ? steps : 1;
  return { low, width: (high - low) / count, count };
}

function spreadOf(at: number[] | null): Distribution["spread"] {
  const [, p10, median, p90] = at ?? [];
  return p10 === undefined || median === undefined || p90 === undefined ? null : { p10, median, p90 };
}

async function readQuantiles({ replica }: InsightPorts, scope: OfMetric, period: Period): Promise<Quantiles> {
  const parameters = createParameters();
  const value = `"${scope.metric}"`;
  const [found] = await replica.reads.sql<Quantiles>(
    `select count(${value})::int as calls, percentile_cont(${asked}) within group (order by ${value}) as at
     from ${callFacts} where ${inScope(scope, replica, parameters)} and ${inPeriod(period, parameters)}`,
    parameters.values,
  );
  return found ?? { calls: 0, at: null };
}

async function readBins(
  { replica }: InsightPorts,
  scope: OfMetric,
  period: Period,
  of: Steps,
): Promise<{ from: number; to: number; calls: number }[]> {
  const parameters = createParameters();
  const found = await replica.reads.sql<{ step: number; calls: number }>(
    `select ${stepSql(scope.metric, of, parameters)} as step, count(*)::int as calls from ${callFacts}
     where ${inScope(scope, replica, parameters)} and ${inPeriod(period, parameters)} and "${scope.metric}" is not null
     group by 1`,
    parameters.values,
  );
  const byStep = new Map(found.map(({ step, calls }) => [step, calls]));
  return Array.from({ length: of.count }, (_, index) => ({
    ...edgesOf(of, index),
    calls: byStep.get(index + 1) ?? 0,
  }));
}

/** @param index of the step, counted from 0 */
export function edgesOf({ low, width }: Steps, index: number): { from: number; to: number } {
  return { from: low + index * width, to: low + (index + 1) * width };
}
