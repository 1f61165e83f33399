/** The largest weight has so many steps; steps are square, so that small weights keep their differences. */
const mostSteps = 45;
/** The letter of 0; all others are printable too. */
const middle = 80;
/** How many letters there are, and the code of the first. */
export const [alphabet, firstLetter] = [2 * mostSteps + 1, middle - mostSteps];

/** What one step is worth where the largest weight is to have them all. */
export function unitOf(weights: Iterable<number>): number {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  return Number((largest / mostSteps ** 2).toPrecision(7)) || 1;
}

/** A weight as one letter, in square steps of `unit`. */
export function letterOf(weight: number, unit: number): string {
  const steps = Math.min(mostSteps, Math.round(Math.sqrt(Math.abs(weight) / unit)));
  return String.fromCharCode(middle + Math.sign(weight) * steps);
}

/** The weight that a letter stands for. @param code of the letter */
export function weightOf(code: number, unit: number): number {
  const steps = code - middle;
  return steps * Math.abs(steps) * unit;
}
