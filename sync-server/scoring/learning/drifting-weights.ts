/** One lead as the weights see it: which of them count, and by how much. */
export type Sparse = { indices: readonly number[]; values: readonly number[] };

export type Drift = {
  /** What is added to the base's variance with each contact, and to every other weight's. */
  base: number;
  others: number;
  /** No weight becomes less certain than this, however long it was not met. */
  ceiling: number;
};

export type DriftingWeights = {
  /** Log-odds, softened by how little is known. */
  logit(lead: Sparse): number;
  learn(lead: Sparse, converted: boolean): void;
  /** Adds a weight at its prior. */
  add(mean: number, variance: number): void;
  mean(index: number): number;
  covariance(a: number, b: number): number;
};

const softening = Math.PI / 8;
const leastCurvature = 1e-4;

/**
 * Logistic regression of which the weights wander: a Gaussian over them (mean, covariance) that each outcome narrows
 * and each step widens by `drift`. One pass, constant time per contact, nothing random: an extended Kalman filter
 * (West, Harrison, Migon 1985, "Dynamic generalized linear models"; the prior is where it starts).
 */
export function createDriftingWeights(drift: Drift): DriftingWeights {
  let size = 0;
  let room = 32;
  let mean = new Float64Array(room);
  let covariance = new Float64Array(room * room);
  let gain = new Float64Array(room);

  const grow = () => {
    const wider = new Float64Array(room * 2 * room * 2);
    for (let row = 0; row < size; row += 1)
      wider.set(covariance.subarray(row * room, row * room + size), row * room * 2);
    const longer = new Float64Array(room * 2);
    longer.set(mean);
    [mean, covariance, gain, room] = [longer, wider, new Float64Array(room * 2), room * 2];
  };
  const scoreOf = ({ indices, values }: Sparse, by: Float64Array) =>
    indices.reduce((total, index, k) => total + at(by, index) * at(values, k), 0);
  /** Covariance × lead, into `gain`. */
  const project = ({ indices, values }: Sparse) => {
    gain.fill(0, 0, size);
    indices.forEach((index, k) => {
      const value = at(values, k);
      for (let j = 0; j < size; j += 1) gain[j] = at(gain, j) + at(covariance, index * room + j) * value;
    });
  };
  const varianceOf = ({ indices, values }: Sparse) => {
    let total = 0;
    indices.forEach((row, a) =>
      indices.forEach((column, b) => {
        total += at(covariance, row * room + column) * at(values, a) * at(values, b);
      }),
    );
    return total;
  };
  /** A weight that wandered past the ceiling is drawn back with all that it goes along with, so that the whole stays a covariance. */
  const wander = () => {
    for (let j = 0; j < size; j += 1) {
      const own = j * room + j;
      const wider = at(covariance, own) + (j === 0 ? drift.base : drift.others);
      covariance[own] = wider;
      if (wider > drift.ceiling) drawBack(j, Math.sqrt(drift.ceiling / wider));
    }
  };
  const drawBack = (j: number, factor: number) => {
    for (let k = 0; k < size; k += 1) {
      covariance[j * room + k] = at(covariance, j * room + k) * factor;
      covariance[k * room + j] = at(covariance, k * room + j) * factor;
    }
  };
  const narrow = (lead: Sparse, converted: boolean) => {
    project(lead);
    const variance = scoreOf(lead, gain);
    const expected = sigmoid(scoreOf(lead, mean) / Math.sqrt(1 + softening * variance));
    const curvature = Math.max(leastCurvature, expected * (1 - expected));
    const surprise = ((converted ? 1 : 0) - expected) / (1 + curvature * variance);
    const shrink = curvature / (1 + curvature * variance);
    for (let i = 0; i < size; i += 1) {
      const step = at(gain, i) * shrink;
      mean[i] = at(mean, i) + at(gain, i) * surprise;
      for (let j = 0; j < size; j += 1)
        covariance[i * room + j] = at(covariance, i * room + j) - step * at(gain, j);
    }
  };
  return {
    logit: (lead) => scoreOf(lead, mean) / Math.sqrt(1 + softening * Math.max(0, varianceOf(lead))),
    learn(lead, converted) {
      wander();
      narrow(lead, converted);
    },
    add(prior, variance) {
      if (size === room) grow();
      mean[size] = prior;
      covariance[size * room + size] = variance;
      size += 1;
    },
    mean: (index) => at(mean, index),
    covariance: (a, b) => at(covariance, a * room + b),
  };
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** Indices are ours and within bounds. */
function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
