import type { CallMetrics } from "../metrics/catalogue.ts";
import { candidateOf, type Candidate, type MayFire } from "./candidate.ts";
import type { CompiledPlaybook } from "./compile-playbook.ts";

/** `quietSinceMs`: since when nobody speaks; null = somebody does. */
export type Surroundings = { metrics: CallMetrics; quietSinceMs: number | null };

type SilenceRule = CompiledPlaybook["silences"][number];
type MetricRule = CompiledPlaybook["metrics"][number];

/** What no word sets off. A silence fires once, a figure when it goes past its limit, not for as long as it stays there. */
export function startTicking({
  silences,
  metrics: limits,
}: CompiledPlaybook): (nowMs: number, surroundings: Surroundings, mayFire: MayFire) => Candidate[] {
  const past = new Set<MetricRule>();

  function exceed(rule: MetricRule, nowMs: number, value: number | undefined, mayFire: MayFire): Candidate[] {
    const isPast = value !== undefined && (rule.is === "over" ? value > rule.value : value < rule.value);
    const isNew = isPast && !past.has(rule);
    const candidates = isNew ? candidateOf(rule, { fromMs: nowMs, atMs: nowMs, phrase: "", speaker: null }) : []; // prettier-ignore
    const found = candidates.filter(({ fired }) => mayFire(fired));
    // Before its time in the call, or while it may not, nothing is said, so that it can be said when the time has come.
    if (!isPast) past.delete(rule);
    else if (found.length > 0) past.add(rule);
    return found;
  }

  return (nowMs, { metrics, quietSinceMs }, mayFire) => [
    ...silences.flatMap((rule) => outlast(rule, nowMs, quietSinceMs)),
    ...limits.flatMap((rule) => exceed(rule, nowMs, metrics[rule.metric], mayFire)),
  ];
}

/** At the same instant on each tick of one silence, which is how it fires once. */
function outlast(rule: SilenceRule, nowMs: number, quietSinceMs: number | null): Candidate[] {
  if (quietSinceMs === null) return [];
  const atMs = Math.max(quietSinceMs + rule.overMs, rule.fromMs ?? 0);
  if (nowMs < atMs) return [];
  return candidateOf(rule, { fromMs: quietSinceMs, atMs, phrase: "", speaker: null });
}
