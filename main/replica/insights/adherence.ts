import type { insightAdherence } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters } from "../live/parameters.ts";
import { callFacts } from "./call-facts.ts";
import { tellingCalls } from "./overview.ts";
import { inPeriod, inScope, outcomeOf, periodsOf, type InsightPorts, type InsightScope } from "./scope.ts";

type Adherence = OutputOf<typeof insightAdherence>;
type Counts = { done: number; skipped: number; wonDone: number; wonSkipped: number };

/** What came of doing each item, most gained first. */
export async function readAdherence(ports: InsightPorts, scope: InsightScope): Promise<Adherence> {
  const { replica, settings } = ports;
  const outcome = outcomeOf(scope, settings);
  const parameters = createParameters();
  const won = `disposition = ${parameters.add(outcome)}`;
  const found = await replica.reads.sql<Counts & { key: string; example: string }>(
    `select key, (array_agg(call_id order by at_ms desc))[1] as example,
       count(*) filter (where is_done)::int as done, count(*) filter (where not is_done)::int as skipped,
       count(*) filter (where is_done and ${won})::int as "wonDone",
       count(*) filter (where not is_done and ${won})::int as "wonSkipped"
     from (select call_id, at_ms, disposition, unnest(done || skipped) as key,
         generate_subscripts(done || skipped, 1) <= cardinality(done) as is_done
       from ${callFacts}
       where ${inScope(scope, replica, parameters)} and ${inPeriod(periodsOf(scope, ports).now, parameters)}) item
     group by key`,
    parameters.values,
  );
  const labels = await readItemLabels(
    ports,
    found.map(({ example }) => example),
  );
  const items = found.map(({ key, done, skipped, wonDone, wonSkipped }) => ({
    key,
    label: labels.get(key) ?? key,
    ...weigh({ done, skipped, wonDone, wonSkipped }),
  }));
  return { outcome, items: items.sort((a, b) => (b.gain ?? 0) - (a.gain ?? 0) || (a.key < b.key ? -1 : 1)) };
}

/** As the newest reports call them. */
export async function readItemLabels(
  { replica }: Pick<InsightPorts, "replica">,
  callIds: readonly string[],
): Promise<Map<string, string>> {
  const ids = [...new Set(callIds)].map((id) => `report:${id}`);
  const reports = await replica.reads.getAll("insights", ids);
  const items = [...reports.values()].flatMap((report) => (report.kind === "report" ? report.items : []));
  return new Map(items.map(({ key, label }) => [key, label]));
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
