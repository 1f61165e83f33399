/** How much was used on a day; days without any use may be missing. */
export type DayUse = { day: string; amount: number };
export type UnusualDay = DayUse & { usual: number };

/** Fewer days say nothing about what is usual. */
const fewestDays = 7;
const trailingDays = 28;
/** Of the deviation that is usual; a normal distribution is beyond it once in a billion days. */
const mostDeviations = 6;
/** Makes the median of absolute deviations comparable with a standard deviation of normal data. */
const normal = 1.4826;
/** What is used the same every day varies by nothing: so much of the usual is never remarkable. */
const leastShare = 0.5;

/**
 * Days of much more use than in the four weeks before them, by median and median absolute deviation, which one odd day
 * does not move (Leys et al. 2013, doi:10.1016/j.jesp.2013.03.013).
 * @param days in order, without gaps
 * @param floor less than this is not worth a word
 */
export function findUnusual(days: readonly DayUse[], floor: number): UnusualDay[] {
  return days.flatMap((one, index) => {
    const before = days.slice(Math.max(0, index - trailingDays), index).map(({ amount }) => amount);
    if (before.length < fewestDays) return [];
    const usual = medianOf(before);
    const deviation = normal * medianOf(before.map((amount) => Math.abs(amount - usual)));
    const most = usual + Math.max(mostDeviations * deviation, leastShare * usual, floor);
    return one.amount > most ? [{ ...one, usual: Math.round(usual) }] : [];
  });
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [below = 0, above = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (below + above) / 2;
}
