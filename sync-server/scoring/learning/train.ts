import { shapeOf, type Feature } from "../../../shared/scoring/conversion/features.ts";
import type { ConversionModel } from "../../../shared/scoring/conversion/model.ts";
import { predictConversion } from "../../../shared/scoring/conversion/predict.ts";
import type { Prior } from "../../../shared/scoring/conversion/prior-model.ts";
import { areaUnderCurve, calibrationError, type Expected } from "./figures.ts";
import { createLearner, usualSettings, type Contact, type Settings } from "./learner.ts";

export type Training = {
  /** In the order in which they were made. */
  contacts: readonly Contact[];
  features: readonly Feature[];
  prior: Prior;
  version: number;
  /** ISO 8601 */
  trainedAt: string;
  settings?: Settings;
  /** How many contacts had come to something when the one at `start` was made; all before it where none is given. */
  knownBefore?: (start: number) => number;
};

const allBefore = (start: number) => start;

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
  const { contacts, version, trainedAt, knownBefore = allBefore } = training;
  const step = Math.max(1, Math.round(contacts.length / steps));
  const from = contacts.findIndex((_, start) => knownBefore(start) >= leastKnown);
  const { expected, model } = walkForward(training, from === -1 ? contacts.length : from, step);
  const figures = figuresOf(expected.slice(-latest));
  return { expected, model: { ...model, version, trainedAt, figures } };
}

/**
 * Predicts all contacts after the first `from`, `step` at a time, each by a model of those whose outcome was known when
 * its step began. Nothing of a step but its own features is looked at before it is predicted.
 */
export function walkForward(training: Training, from: number, step: number): Trained {
  const { contacts, features, prior, settings = usualSettings, knownBefore = allBefore } = training;
  const learner = createLearner(features, prior, settings);
  const modelNow = (): ConversionModel => ({
    ...{ format: 1, version: training.version, trainedAt: training.trainedAt, features: [...features] },
    ...{ ...learner.summarise(), figures: unknownFigures },
  });
  let learned = 0;
  const learnUntil = (end: number) => {
    for (const contact of contacts.slice(learned, end)) learner.learn(contact);
    learned = Math.max(learned, end);
  };
  const expected: Expected[] = [];
  for (let start = from; start < contacts.length; start += step) {
    learnUntil(knownBefore(start));
    const asked = contacts.slice(start, start + step);
    const model = modelNow();
    for (const { facts, converted } of asked)
      expected.push({ probability: predictConversion(model, facts, 0).probability, converted });
  }
  learnUntil(contacts.length);
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
