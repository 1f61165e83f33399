import type { CallReport } from "../../entities/insight.ts";
import type { Scorecard } from "../../entities/setting.ts";
import type { CallMetrics } from "../metrics/catalogue.ts";

type Criterion = Scorecard["criteria"][number];
type Items = CallReport["items"];

/**
 * The points of a call by criterion, 0 to 1, and its score: Σ weight × points ÷ Σ weight × 100 over the criteria that
 * have points. Null where people say it, where the figure cannot be told, or where the playbook has no such item.
 */
export function scoreReport(
  scorecard: Scorecard | null,
  metrics: CallMetrics,
  items: Items,
): Pick<CallReport, "score" | "scorecard" | "criteria"> {
  if (scorecard === null) return { score: null, scorecard: "", criteria: [] };
  const scored = scorecard.criteria.map((criterion) => ({
    ...criterion,
    points: pointsOf(criterion, metrics, items),
  }));
  return {
    scorecard: scorecard.key,
    score: weigh(scored),
    criteria: scored.map(({ key, label, points }) => ({ key, label, points })),
  };
}

function weigh(scored: readonly { weight: number; points: number | null }[]): number | null {
  const known = scored.flatMap(({ weight, points }) => (points === null ? [] : [{ weight, points }]));
  const total = known.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  return Math.round((known.reduce((sum, { weight, points }) => sum + weight * points, 0) / total) * 100);
}

function pointsOf({ by }: Criterion, metrics: CallMetrics, items: Items): number | null {
  if (by.kind === "person") return null;
  if (by.kind === "metric") {
    const value = metrics[by.metric];
    return value === undefined ? null : pointsWithin(value, by);
  }
  if (by.kind === "checklist") return items.length === 0 ? null : items.filter(isDone).length / items.length;
  const item = items.find(({ key }) => key === by.item);
  return item === undefined ? null : Number(isDone(item));
}

function isDone({ atMs }: Items[number]): boolean {
  return atMs !== null;
}

function pointsWithin(
  value: number,
  { from, to, slack }: { from: number; to: number; slack: number },
): number {
  const beyond = Math.max(from - value, value - to, 0);
  if (beyond === 0) return 1;
  return slack === 0 ? 0 : Math.max(0, 1 - beyond / slack);
}
