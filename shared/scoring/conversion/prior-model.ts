import { baseTerm, type Feature } from "./features.ts";
import type { ConversionModel } from "./model.ts";

/** What is believed before anything is known. */
export type Prior = {
  /** Share of contacts that convert. */
  rate: number;
  /** Log-odds by term where experience elsewhere says something; 0 for all others. */
  weights: Readonly<Record<string, number>>;
};

/**
 * How far off a prior may be, of the base and of any other weight, in log-odds squared. Chosen on the earlier half of
 * shared/data/bank-marketing alone (docs/decisions/0030-scores.md).
 */
export const priorVariances = { base: 1, weight: 0.03 };

/** Of a model, what answers a question; when and of what it was learned is said beside it. */
export type ConversionBeliefs = Pick<
  ConversionModel,
  "features" | "terms" | "mean" | "covariance" | "unmetVariance"
>;

/** What a model says that has learned nothing yet; learning begins here. */
export function priorModel(features: readonly Feature[], { rate, weights }: Prior): ConversionBeliefs {
  const terms = [baseTerm, ...Object.keys(weights)];
  const varianceOf = (term: string) => (term === baseTerm ? priorVariances.base : priorVariances.weight);
  return {
    features: [...features],
    terms,
    mean: [Math.log(rate / (1 - rate)), ...Object.values(weights)],
    covariance: terms.flatMap((term, row) => [...Array.from({ length: row }, () => 0), varianceOf(term)]),
    unmetVariance: priorVariances.weight,
  };
}
