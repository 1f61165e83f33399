import type { Scorecard } from "../entities/setting.ts";
import { metricUnits, type MetricName } from "./metrics/catalogue.ts";

/** Where a figure should be; null = open at that end. In the metric's own unit. */
export type Goal = { from: number | null; to: number | null };

/** Until a scorecard says otherwise. Talk share: 43 % is what the best-known study of sales calls found (Gong, 2017). */
const usual: Partial<Record<MetricName, Goal>> = {
  talkShare: { from: 0.4, to: 0.5 },
  longestMonologueMs: { from: null, to: 60_000 },
  paceWpm: { from: 130, to: 160 },
};

/** The share of a playbook's items that a team should do. */
export const checklistGoal: Goal = { from: 0.8, to: null };

/** @param scorecard the tenant's, or null where there is none */
export function goalOf(metric: MetricName, scorecard: Pick<Scorecard, "criteria"> | null): Goal | null {
  for (const { by } of scorecard?.criteria ?? [])
    if (by.kind === "metric" && by.metric === metric) return openEnds({ from: by.from, to: by.to }, metric);
  return usual[metric] ?? null;
}

/** An end that no call can pass is none: from 0 on, or up to the whole. */
function openEnds({ from, to }: { from: number; to: number }, metric: MetricName): Goal {
  const unit = metricUnits[metric];
  const [least, most] = [unit === "score" ? -1 : 0, unit === "share" || unit === "score" ? 1 : Infinity];
  return { from: from <= least ? null : from, to: to >= most ? null : to };
}
