import { termsOf, type Facts, type Feature } from "../../../shared/scoring/conversion/features.ts";
import type { ConversionModel } from "../../../shared/scoring/conversion/model.ts";
import { priorModel, priorVariances, type Prior } from "../../../shared/scoring/conversion/prior-model.ts";
import { createDriftingWeights, sigmoid, type DriftingWeights, type Sparse } from "./drifting-weights.ts";

/** One contact, as it was known before, and what it came to. */
export type Contact = { facts: Facts; converted: boolean };

export type Settings = {
  /** Paces at which the rate and the weights may change; which of them fits is learned. */
  baseDrifts: readonly number[];
  weightDrifts: readonly number[];
  /** Variance of a weight that nothing was learned of, and the most that it ever has. */
  weightVariance: number;
  ceiling: number;
  baseVariance: number;
  /** How often the pace itself is expected to change: once in 1/`switching` contacts. */
  switching: number;
};

/** Chosen on the earlier half of shared/data/bank-marketing alone (docs/decisions/0030-scores.md). */
export const usualSettings: Settings = {
  baseDrifts: [1e-4, 1e-3, 1e-2],
  weightDrifts: [1e-6, 1e-5, 1e-4, 1e-3],
  weightVariance: priorVariances.weight,
  ceiling: 4,
  baseVariance: priorVariances.base,
  switching: 1 / 1_000,
};

export type Learner = {
  learn(contact: Contact): void;
  /** What goes into a model; the paces are drawn into one Gaussian. */
  summarise(): Pick<
    ConversionModel,
    "terms" | "mean" | "covariance" | "unmetVariance" | "contacts" | "converted"
  >;
};

type Member = { weights: DriftingWeights; share: number };

/**
 * Learns who converts, contact by contact in the order in which they were made. Several logistic regressions whose
 * weights wander at different paces predict together; each one's share follows from how it has done, and a small part
 * is dealt out anew with every contact (Herbster, Warmuth 1998, "Tracking the best expert"), so that a calm year does
 * not silence those that the next week needs.
 */
export function createLearner(features: readonly Feature[], prior: Prior, settings = usualSettings): Learner {
  const places = new Map<string, number>();
  const count = { contacts: 0, converted: 0 };
  const members = membersOf(settings);

  const add = (key: string, mean: number, variance: number): number => {
    for (const { weights } of members) weights.add(mean, variance);
    places.set(key, places.size);
    return places.size - 1;
  };
  const { baseVariance: base, weightVariance: weight } = settings;
  const begun = priorModel(features, prior);
  for (const [index, key] of begun.terms.entries())
    add(key, begun.mean[index] ?? 0, index === 0 ? base : weight);
  const place = (key: string): number => places.get(key) ?? add(key, 0, weight);
  const sparse = (facts: Facts): Sparse => {
    const terms = termsOf(features, facts);
    return { indices: terms.map(({ key }) => place(key)), values: terms.map(({ value }) => value) };
  };
  return {
    learn({ facts, converted }) {
      const lead = sparse(facts);
      judge(members, lead, converted, settings.switching);
      for (const { weights } of members) weights.learn(lead, converted);
      count.contacts += 1;
      if (converted) count.converted += 1;
    },
    summarise: () => ({
      ...count,
      terms: [...places.keys()],
      ...drawTogether(members, places.size),
      unmetVariance: settings.weightVariance,
    }),
  };
}

function membersOf({ baseDrifts, weightDrifts, ceiling }: Settings): Member[] {
  const paces = baseDrifts.flatMap((base) => weightDrifts.map((others) => ({ base, others, ceiling })));
  return paces.map((drift) => ({ weights: createDriftingWeights(drift), share: 1 / paces.length }));
}

function judge(members: readonly Member[], lead: Sparse, converted: boolean, switching: number): void {
  let total = 0;
  for (const member of members) {
    const expected = sigmoid(member.weights.logit(lead));
    member.share *= converted ? expected : 1 - expected;
    total += member.share;
  }
  for (const member of members)
    member.share = ((1 - switching) * member.share) / total + switching / members.length;
}

/** The Gaussian with the mean and covariance of all together. */
function drawTogether(members: readonly Member[], size: number): { mean: number[]; covariance: number[] } {
  const average = (of: (weights: DriftingWeights) => number) =>
    members.reduce((sum, { weights, share }) => sum + share * of(weights), 0);
  const mean = Array.from({ length: size }, (_, index) => average((weights) => weights.mean(index)));
  const covariance: number[] = [];
  for (let a = 0; a < size; a += 1)
    for (let b = 0; b <= a; b += 1)
      covariance.push(
        average((weights) => weights.covariance(a, b) + weights.mean(a) * weights.mean(b)) -
          (mean[a] ?? 0) * (mean[b] ?? 0),
      );
  return { mean, covariance };
}
