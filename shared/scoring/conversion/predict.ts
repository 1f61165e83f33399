import { termsOf, type Facts, type Feature } from "./features.ts";
import type { ConversionBeliefs } from "./prior-model.ts";

/** What one feature does to a lead's odds; `effect` is in log-odds against a lead of which it is not known. */
export type Reason = { feature: string; label: string; value: string; effect: number; words: string };

export type Conversion = {
  /** 0 to 1, within the model's horizon. */
  probability: number;
  /** Nine times in ten the weights that the model holds possible say something between these. */
  low: number;
  high: number;
  /** Strongest first; no more than asked for. */
  reasons: Reason[];
};

/** Of a logistic function under a Gaussian: MacKay 1992, "The evidence framework applied to classification". */
const softening = Math.PI / 8;
const nineInTen = 1.645;
/** What changes the odds by less than a twentieth is no reason. */
const leastEffect = 0.05;

/** @param most reasons to give */
export function predictConversion(model: ConversionBeliefs, facts: Facts, most = 5): Conversion {
  const terms = placeTerms(model, facts);
  const logit = sum(terms, ({ index, value }) => (index === null ? 0 : at(model.mean, index) * value));
  const spread = Math.sqrt(varianceOf(model, terms));
  return {
    probability: sigmoid(logit / Math.sqrt(1 + softening * spread * spread)),
    low: sigmoid(logit - nineInTen * spread),
    high: sigmoid(logit + nineInTen * spread),
    reasons: reasonsOf(model, terms, facts).slice(0, most),
  };
}

type Placed = { index: number | null; value: number; feature: Feature | null };

function placeTerms(model: ConversionBeliefs, facts: Facts): Placed[] {
  const indices = indexOf(model);
  return termsOf(model.features, facts).map(({ key, feature, value }) => ({
    ...{ feature, value },
    index: indices.get(key) ?? null,
  }));
}

const known = new WeakMap<ConversionBeliefs, ReadonlyMap<string, number>>();

function indexOf(model: ConversionBeliefs): ReadonlyMap<string, number> {
  const found = known.get(model);
  if (found) return found;
  const made = new Map(model.terms.map((key, index) => [key, index]));
  known.set(model, made);
  return made;
}

function varianceOf({ covariance, unmetVariance }: ConversionBeliefs, terms: readonly Placed[]): number {
  let total = 0;
  for (const one of terms) {
    if (one.index === null) {
      total += unmetVariance * one.value * one.value;
      continue;
    }
    for (const other of terms)
      if (other.index !== null)
        total += at(covariance, triangle(one.index, other.index)) * one.value * other.value;
  }
  return Math.max(0, total);
}

/** Where a covariance stands in the lower triangle. */
export function triangle(a: number, b: number): number {
  const row = Math.max(a, b);
  return (row * (row + 1)) / 2 + Math.min(a, b);
}

function reasonsOf(model: ConversionBeliefs, terms: readonly Placed[], facts: Facts): Reason[] {
  return terms
    .flatMap(({ index, value, feature }) => {
      if (feature === null || index === null) return [];
      const effect = at(model.mean, index) * value;
      return Math.abs(effect) < leastEffect ? [] : [reasonOf(feature, facts, effect)];
    })
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

function reasonOf(feature: Feature, facts: Facts, effect: number): Reason {
  const given = facts[feature.name] ?? "";
  const value = typeof given === "number" ? String(Math.round(given * 10) / 10) : given;
  const words = `${feature.label}: ${value}, ${strengthOf(effect)}`;
  return { feature: feature.name, label: feature.label, value, effect, words };
}

function strengthOf(effect: number): string {
  const size = Math.abs(effect) >= 0.7 ? "much " : Math.abs(effect) >= 0.25 ? "" : "a little ";
  return effect > 0 ? `${size}more likely` : `${size}less likely`;
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function sum<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((total, value) => total + of(value), 0);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new Error(`a model without its weight ${index}`);
  return value;
}
