/** What was expected of one contact, 0 to 1, before it was known what it came to. */
export type Expected = { probability: number; converted: boolean };

const bins = 10;

/**
 * Area under the ROC curve: how often of two contacts, one of which converted, that one was given the higher
 * probability; ties count half (Mann, Whitney 1947). Null where all or none converted.
 */
export function areaUnderCurve(expected: readonly Expected[]): number | null {
  const sorted = expected.toSorted((a, b) => a.probability - b.probability);
  const converted = sorted.filter((one) => one.converted).length;
  const pairs = converted * (sorted.length - converted);
  if (pairs === 0) return null;
  let rankSum = 0;
  for (let start = 0; start < sorted.length;) {
    let end = start;
    while (end < sorted.length && sorted[end]?.probability === sorted[start]?.probability) end += 1;
    const tied = sorted.slice(start, end).filter((one) => one.converted).length;
    rankSum += tied * ((start + 1 + end) / 2);
    start = end;
  }
  return (rankSum - (converted * (converted + 1)) / 2) / pairs;
}

/**
 * Expected calibration error: over ten equal bins of probability, the mean distance between what was expected and
 * what came, weighted by contacts (Naeini, Cooper, Hauskrecht 2015). Null for nothing.
 */
export function calibrationError(expected: readonly Expected[]): number | null {
  if (expected.length === 0) return null;
  const excess = Array.from({ length: bins }, () => 0);
  for (const { probability, converted } of expected) {
    const bin = Math.min(bins - 1, Math.floor(probability * bins));
    excess[bin] = (excess[bin] ?? 0) + probability - (converted ? 1 : 0);
  }
  return excess.reduce((sum, one) => sum + Math.abs(one), 0) / expected.length;
}

/** Mean log-loss in nats. */
export function logLoss(expected: readonly Expected[]): number {
  const losses = expected.map(
    ({ probability, converted }) => -Math.log(converted ? probability : 1 - probability),
  );
  return losses.reduce((sum, one) => sum + one, 0) / losses.length;
}

/**
 * Population stability index of two samples of one feature, by value: Σ (share now − share before) × ln(now ÷ before).
 * Under 0.1 is calm, over 0.25 is another population. Values that one side lacks count as half a case there.
 */
export function stabilityIndex(before: readonly string[], now: readonly string[]): number {
  if (before.length === 0 || now.length === 0) return 0;
  const [old, recent] = [countsOf(before), countsOf(now)];
  return [...new Set([...old.keys(), ...recent.keys()])].reduce((sum, value) => {
    const was = (old.get(value) ?? 0.5) / before.length;
    const is = (recent.get(value) ?? 0.5) / now.length;
    return sum + (is - was) * Math.log(is / was);
  }, 0);
}

function countsOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
