import type { CapRule } from "./dial-rules.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;

export type Capped = { rule: CapRule; untilMs: number };

/**
 * The caps that one more dial would break, each with the first whole minute at which it no longer would.
 * @param dialsMs earlier dials, in any order; one from a clock that is ahead counts as made
 */
export function brokenCaps(rules: readonly CapRule[], dialsMs: readonly number[], nowMs: number): Capped[] {
  const latestFirst = dialsMs.toSorted((a, b) => b - a);
  return rules.flatMap((rule) => {
    const oldest = latestFirst[rule.max - 1];
    if (oldest === undefined) return [];
    const untilMs = wholeMinute(oldest + rule.withinHours * hourMs);
    return untilMs > nowMs ? [{ rule, untilMs }] : [];
  });
}

/** When the pause after the last dial is over, if it is not: a whole minute. */
export function gapUntil(
  dialsMs: readonly number[],
  minGapMinutes: number,
  nowMs: number,
): number | undefined {
  if (dialsMs.length === 0) return undefined;
  const untilMs = wholeMinute(dialsMs.reduce((a, b) => Math.max(a, b)) + minGapMinutes * minuteMs);
  return minGapMinutes > 0 && untilMs > nowMs ? untilMs : undefined;
}

function wholeMinute(ms: number): number {
  return Math.ceil(ms / minuteMs) * minuteMs;
}
