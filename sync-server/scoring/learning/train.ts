import { shapeOf, type Feature } from "../../../shared/scoring/conversion/features.ts";
import type { ConversionModel } from "../../../shared/scoring/conversion/model.ts";
import { predictConversion } from "../../../shared/scoring/conversion/predict.ts";
import { areaUnderCurve, calibrationError, type Expected } from "./figures.ts";
import { createLearner, usualSettings, type Contact, type Prior, type Settings } from "./learner.ts";

export type Training = {
  /** In the order in which they were made. */
  contacts: readonly Contact[];
  features: readonly Feature[];
  prior: Prior;
  version: number;
  /** ISO 8601 */
  trainedAt: string;
  settings?: Settings;
};

export type Trained = { model: ConversionModel; expected: Expected[] };

/** How many steps the contacts are walked in: each is predicted whole before any of it is learned. */
const steps = 100;
/** Until so many are known, predictions say more of the prior than of the learning. */
const leastKnown = 50;
/** Figures are of the latest contacts: how it does now. */
const latest = 2_000;
const unknownFigures = { predicted: 0, auc: null, ece: null };

/**
 * Learns from all contacts, and on the way predicts each step by the model that would have been served then: the
 * figures of a model are of contacts that it had not seen.
 */
export function trainConversion(training: Training): Trained {
  const { contacts, version, trainedAt } = training;
  const step = Math.max(1, Math.round(contacts.length / steps));
  const { expected, model } = walkForward(training, Math.min(leastKnown, contacts.length), step);
  const figures = figuresOf(expected.slice(-latest));
  return { expected, model: { ...model, version, trainedAt, figures } };
}

/**
 * Learns the first `from` contacts, then predicts `step` at a time and learns them. Nothing of a step but its own
 * features is looked at before it is predicted.
 */
export function walkForward(training: Training, from: number, step: number): Trained {
  const { contacts, features, prior, settings = usualSettings } = training;
  const learner = createLearner(features, prior, settings);
  const modelNow = (): ConversionModel => ({
    ...{ format: 1, version: training.version, trainedAt: training.trainedAt, features: [...features] },
    ...{ ...learner.summarise(), figures: unknownFigures },
  });
  for (const contact of contacts.slice(0, from)) learner.learn(contact);
  const expected: Expected[] = [];
  for (let start = from; start < contacts.length; start += step) {
    const asked = contacts.slice(start, start + step);
    const model = modelNow();
    for (const { facts, converted } of asked)
      expected.push({ probability: predictConversion(model, facts, 0).probability, converted });
    for (const contact of asked) learner.learn(contact);
  }
  return { model: modelNow(), expected };
}

/** An amount's centre and spread among contacts that are known already. */
export function measureAmount(
  name: string,
  label: string,
  { log, among }: { log: boolean; among: readonly Contact[] },
): Feature {
  const amounts = among.flatMap(({ facts }) => {
    const given = facts[name];
    return typeof given === "number" ? [shapeOf(given, log)] : [];
  });
  const centre = amounts.reduce((sum, one) => sum + one, 0) / Math.max(1, amounts.length);
  const variance = amounts.reduce((sum, one) => sum + (one - centre) ** 2, 0) / Math.max(1, amounts.length);
  return { kind: "amount", name, label, log, centre, spread: Math.max(1e-3, Math.sqrt(variance)) };
}

function figuresOf(expected: readonly Expected[]): ConversionModel["figures"] {
  return {
    predicted: expected.length,
    auc: areaUnderCurve(expected),
    ece: calibrationError(expected),
  };
}
