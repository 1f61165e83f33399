import { seededRandom } from "../../shared/result/seeded-random.ts";
import { quantile } from "../bench/measurement.ts";

export type Interval = { low: number; high: number };

const seed = 22;

/**
 * Where a figure of these items may lie: the middle 95 % of what it is when as many are drawn from among them again and
 * again (percentile bootstrap; Efron and Tibshirani 1993). The same on every machine.
 * @param draws fewer do for thousands of items, whose figures take long
 */
export function bootstrap<Item>(
  items: readonly Item[],
  figureOf: (drawn: readonly Item[]) => number,
  draws = 1_000,
): Interval {
  const random = seededRandom(seed);
  const drawOne = () => items[Math.floor(random() * items.length)] as Item;
  const figures = Array.from({ length: draws }, () => figureOf(items.map(drawOne)));
  // A draw that lacks a whole class has no figure.
  const known = figures.filter(Number.isFinite);
  return { low: quantile(known, 0.025), high: quantile(known, 0.975) };
}

/** What is to be said of a gain: whether it is more than chance would give. */
export function tellGain({ low, high }: Interval): string {
  const verdict = low > 0 ? "" : high < 0 ? ": it is worse" : ": smaller than its noise";
  return `gain between ${signed(low)} and ${signed(high)} (bootstrap, 95 %)${verdict}`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
