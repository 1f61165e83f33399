import type { Scorecard } from "../entities/setting.ts";
import { qualityScorecard } from "./shipped/scorecard.ts";
import { metricUnits, type MetricName } from "./metrics/catalogue.ts";

/** Where a figure should be; null = open at that end. In the metric's own unit. */
export type Goal = { from: number | null; to: number | null };

/** The share of a playbook's items that a team should do. */
export const checklistGoal: Goal = { from: 0.8, to: null };

/** @param scorecard the tenant's; where it says nothing of the figure, or there is none, the one that Ringside ships */
export function goalOf(metric: MetricName, scorecard: Pick<Scorecard, "criteria"> | null): Goal | null {
  for (const { by } of [...(scorecard?.criteria ?? []), ...qualityScorecard.criteria])
    if (by.kind === "metric" && by.metric === metric) return openEnds({ from: by.from, to: by.to }, metric);
  return null;
}

/** An end that no call can pass is none: from 0 on, or up to the whole. */
function openEnds({ from, to }: { from: number; to: number }, metric: MetricName): Goal {
  const unit = metricUnits[metric];
  const [least, most] = [unit === "score" ? -1 : 0, unit === "share" || unit === "score" ? 1 : Infinity];
  return { from: from <= least ? null : from, to: to >= most ? null : to };
}
