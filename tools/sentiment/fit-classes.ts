import { addScaled, addSquare, at, diagonalMatrix, dot, solve } from "./solve.ts";

export type Judged = { row: Float64Array; truth: number; weight: number };

const [classes, rounds, ridge] = [3, 150, 10];

/**
 * Multinomial logistic regression: one list of weights a class. Böhning's bound on the curvature (1992), so that every
 * step is downhill, and Nesterov's momentum.
 */
export function fitClasses(judged: readonly Judged[]): Float64Array[] {
  const size = judged[0]?.row.length ?? 0;
  const spreads = spreadsOf(judged, size);
  const scaled = judged.map(({ row, ...rest }) => ({ ...rest, row: row.map((term, place) => term / at(spreads, place)) })); // prettier-ignore
  const inverse = invert(scaled, size);
  let before = zeros(size);
  let now = zeros(size);
  for (let round = 0; round < rounds; round += 1) {
    const ahead = now.map((own, k) => goOn(own, before[k] ?? own, round / (round + 3)));
    const slopes = slopesOf(scaled, ahead);
    before = now;
    now = ahead.map((own, k) =>
      own.map((weight, place) => weight - dot(inverse[place] ?? own, slopes[k] ?? own)),
    );
  }
  return now.map((own) => own.map((weight, place) => weight / at(spreads, place)));
}

function goOn(now: Float64Array, before: Float64Array, momentum: number): Float64Array {
  return now.map((weight, place) => weight + momentum * (weight - at(before, place)));
}

function slopesOf(judged: readonly Judged[], weights: readonly Float64Array[]): Float64Array[] {
  const slopes = weights.map((own) => own.map((weight) => ridge * weight));
  for (const { row, truth, weight } of judged) {
    const shares = sharesOf(weights.map((own) => dot(own, row)));
    slopes.forEach((slope, k) => addScaled(slope, row, weight * (at(shares, k) - (k === truth ? 1 : 0))));
  }
  return slopes;
}

/** Sums as shares of 1 (softmax). */
export function sharesOf(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const raw = scores.map((score) => Math.exp(score - most));
  const sum = raw.reduce((total, one) => total + one, 0);
  return raw.map((one) => one / sum);
}

/** Of the bound on the curvature, which is the same in every round. */
function invert(judged: readonly Judged[], size: number): Float64Array[] {
  const bound = diagonalMatrix(size, ridge);
  for (const { row, weight } of judged) addSquare(bound, row, weight / 2);
  return diagonalMatrix(size, 1).map((unit) => solve(bound, unit));
}

/** Standard deviations; 1 for what never changes. */
function spreadsOf(judged: readonly Judged[], size: number): number[] {
  return Array.from({ length: size }, (_, place) => {
    const terms = judged.map(({ row }) => at(row, place));
    const mean = terms.reduce((sum, term) => sum + term, 0) / terms.length;
    const variance = terms.reduce((sum, term) => sum + (term - mean) ** 2, 0) / terms.length;
    return Math.sqrt(variance) || 1;
  });
}

function zeros(size: number): Float64Array[] {
  return Array.from({ length: classes }, () => new Float64Array(size));
}
