import type { MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import type { insightDistribution } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters } from "../live/parameters.ts";
import { callFacts } from "./call-facts.ts";
import { inPeriod, inScope, periodsOf, type InsightPorts, type InsightScope, type Period } from "./scope.ts";

type Distribution = OutputOf<typeof insightDistribution>;
type Quantiles = { calls: number; at: number[] | null };

const steps = 20;
const asked = "array[0.01, 0.1, 0.5, 0.9, 0.99]";

/** @param scope with the metric to be spread */
export async function readDistribution(
  ports: InsightPorts,
  scope: InsightScope & { metric: MetricName },
): Promise<Distribution> {
  const { now, before } = periodsOf(scope, ports);
  const { calls, at } = await readQuantiles(ports, scope, now);
  const earlier = await readQuantiles(ports, scope, before);
  const bins = at ? await readBins(ports, scope, now, at[0] ?? 0, at[4] ?? 0) : [];
  return {
    calls,
    spread: spreadOf(at),
    spreadBefore: spreadOf(earlier.at),
    bins: bins.map((bin) => ({ ...bin, share: bin.calls / calls })),
  };
}

function spreadOf(at: number[] | null): Distribution["spread"] {
  const [, p10, median, p90] = at ?? [];
  return p10 === undefined || median === undefined || p90 === undefined ? null : { p10, median, p90 };
}

async function readQuantiles(
  { replica }: InsightPorts,
  scope: InsightScope & { metric: MetricName },
  period: Period,
): Promise<Quantiles> {
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
  scope: InsightScope & { metric: MetricName },
  period: Period,
  low: number,
  high: number,
): Promise<{ from: number; to: number; calls: number }[]> {
  const parameters = createParameters();
  const value = `"${scope.metric}"`;
  const count = high > low ? steps : 1;
  const [from, to] = [parameters.add(low), parameters.add(high)];
  const step =
    high > low
      ? `least(${count}, greatest(1, width_bucket(${value}, ${from}::float8, ${to}::float8, ${count})))`
      : `(case when ${from}::float8 <= ${to}::float8 then 1 end)`;
  const found = await replica.reads.sql<{ step: number; calls: number }>(
    `select ${step} as step, count(*)::int as calls from ${callFacts}
     where ${inScope(scope, replica, parameters)} and ${inPeriod(period, parameters)} and ${value} is not null
     group by 1`,
    parameters.values,
  );
  const byStep = new Map(found.map(({ step: at, calls }) => [at, calls]));
  const width = (high - low) / count;
  return Array.from({ length: count }, (_, index) => ({
    from: low + index * width,
    to: low + (index + 1) * width,
    calls: byStep.get(index + 1) ?? 0,
  }));
}
