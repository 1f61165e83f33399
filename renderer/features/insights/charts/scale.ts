export type Goal = { from: number | null; to: number | null } | null;

/** Where a value stands between the ends of a drawing. */
export type Scale = { low: number; high: number; at(value: number): number };

/**
 * One scale for all values and the goal, with a little room at the ends.
 * @param from @param to pixels at the lowest and the highest value; `from` may be the larger one
 */
export function scaleOf(values: readonly (number | null)[], goal: Goal, from: number, to: number): Scale {
  const known = [...values, goal?.from ?? null, goal?.to ?? null].filter((value) => value !== null);
  const [least, most] = known.length === 0 ? [0, 1] : [Math.min(...known), Math.max(...known)];
  const room = (most - least || Math.abs(most) || 1) * 0.12;
  const [low, high] = [least - room, most + room];
  return { low, high, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

/** The goal as a piece of the scale; open ends reach its end. Null = there is no goal. */
export function bandOf(goal: Goal, { low, high, at }: Scale): { start: number; size: number } | null {
  if (!goal || (goal.from === null && goal.to === null)) return null;
  const [one, other] = [at(goal.from ?? low), at(goal.to ?? high)];
  return { start: Math.min(one, other), size: Math.abs(one - other) };
}

/** The path of a line that breaks where nothing is known. */
export function linePath(points: readonly ({ x: number; y: number } | null)[]): string {
  return points
    .map((point, index) =>
      point ? `${index > 0 && points[index - 1] ? "L" : "M"}${round(point.x)} ${round(point.y)}` : "",
    )
    .join("");
}

/** To a hundredth: a hundred units may be as wide as a page. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}
