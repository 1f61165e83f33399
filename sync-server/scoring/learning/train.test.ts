import { expect, test } from "vitest";
import type { Feature } from "../../../shared/scoring/conversion/features.ts";
import { ConversionModel } from "../../../shared/scoring/conversion/model.ts";
import { leadFeatures, leadPrior } from "../../../shared/scoring/conversion/lead-facts.ts";
import { predictConversion } from "../../../shared/scoring/conversion/predict.ts";
import { priorModel } from "../../../shared/scoring/conversion/prior-model.ts";
import { seededRandom } from "../../../shared/result/seeded-random.ts";
import { keepCommonChoices } from "./common-choices.ts";
import { areaUnderCurve, calibrationError, stabilityIndex } from "./figures.ts";
import type { Contact } from "./learner.ts";
import { trainConversion, walkForward, type Training } from "./train.ts";

const features: Feature[] = [
  { kind: "choice", name: "source", label: "Source" },
  { kind: "amount", name: "calls", label: "Calls answered", log: false, centre: 2, spread: 1 },
];
const prior = { rate: 0.1, weights: { calls: 0.6 } };
const training = (contacts: readonly Contact[], more: Partial<Training> = {}): Training => ({
  ...{ contacts, features, prior, version: 3, trainedAt: "2026-11-01T00:00:00.000Z" },
  ...more,
});

/** Contacts of which so many convert, more of them who were heard often and who came by a fair. */
function contactsOf(count: number, rateAt: (index: number) => number, seed = 5): Contact[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const calls = Math.floor(random() * 5);
    const source = random() < 0.5 ? "fair" : "list";
    const logit =
      Math.log(rateAt(index) / (1 - rateAt(index))) + 0.8 * (calls - 2) + (source === "fair" ? 0.7 : -0.7);
    return { facts: { calls, source }, converted: random() < 1 / (1 + Math.exp(-logit)) };
  });
}

test("the same contacts give the same model, one that its schema takes", () => {
  const contacts = contactsOf(600, () => 0.2);
  const { model } = trainConversion(training(contacts));
  expect(trainConversion(training(contacts)).model).toEqual(model);
  expect(ConversionModel.parse(JSON.parse(JSON.stringify(model)))).toEqual(model);
  expect(model).toMatchObject({ contacts: 600, version: 3 });
});

test("with nothing learned it says the prior, and says that it is unsure", () => {
  const { model } = trainConversion(training([]));
  const usual = predictConversion(model, {});
  expect(usual.probability).toBeGreaterThan(0.07);
  expect(usual.probability).toBeLessThan(0.2);
  expect(usual.low).toBeLessThan(0.05);
  expect(usual.high).toBeGreaterThan(0.3);
  expect(model.figures).toEqual({ predicted: 0, auc: null, ece: null });
});

test("with nothing learned it knows what helps anywhere", () => {
  const { model } = trainConversion(training([]));
  const chanceAfter = (calls: number) => predictConversion(model, { calls }).probability;
  expect(chanceAfter(4)).toBeGreaterThan(chanceAfter(0));
});

test("a thousand sources are the fifteen commonest, and the others are not known", () => {
  const contacts = Array.from({ length: 2_000 }, (_, index) => ({
    facts: { calls: 1, source: index % 2 === 0 ? `fair ${index % 30}` : `list ${index}` },
    converted: false,
  }));
  const common = keepCommonChoices(contacts, features);
  expect(new Set(common.map(({ facts }) => facts.source)).size).toBe(16);
  expect(common[0]?.facts).toEqual({ calls: 1, source: "fair 0" });
  expect(common[1]?.facts).toEqual({ calls: 1, source: null });
  expect(trainConversion(training(common)).model.terms).toHaveLength(17);
});

test("a few outcomes hardly move it from its prior, many do", () => {
  const won = (count: number): Contact[] => Array.from({ length: count }, () => ({ facts: { source: "fair" }, converted: true })); // prettier-ignore
  const after = (count: number) =>
    predictConversion(trainConversion(training(won(count))).model, {}).probability;
  expect(after(1)).toBeLessThan(0.25);
  expect(after(200)).toBeGreaterThan(0.6);
});

test("what helps raises the probability, and is the reason that is given", () => {
  const { model } = trainConversion(training(contactsOf(3_000, () => 0.2)));
  const chances = [0, 1, 2, 3, 4].map(
    (calls) => predictConversion(model, { calls, source: "fair" }).probability,
  );
  expect(chances).toEqual(chances.toSorted((a, b) => a - b));
  const [first] = predictConversion(model, { calls: 4, source: "list" }).reasons;
  expect(first).toMatchObject({ feature: "calls", value: "4" });
  expect(first?.words).toBe("Calls answered: 4, much more likely");
});

test("a step that is predicted is not looked at: turning its outcomes round changes nothing that was expected of it", () => {
  const contacts = contactsOf(400, () => 0.2);
  const turned = contacts.map((contact, index) =>
    index < 300 ? contact : { ...contact, converted: !contact.converted },
  );
  const expectedOf = (given: readonly Contact[]) => walkForward(training(given), 300, 100).expected.map(({ probability }) => probability); // prettier-ignore
  expect(expectedOf(turned)).toEqual(expectedOf(contacts));
  const late = (given: readonly Contact[]) => walkForward(training(given, { knownBefore: (start) => start - 100 }), 350, 25).expected.slice(0, 25).map(({ probability }) => probability); // prettier-ignore
  expect(late(turned), "nor at those of which it was not known yet what they came to").toEqual(
    late(contacts),
  );
});

test("of no outcome at all it learns what a desk believes without a model", () => {
  const { model } = trainConversion(training([], { features: leadFeatures, prior: leadPrior }));
  const { features, terms, mean, covariance, unmetVariance } = priorModel(leadFeatures, leadPrior);
  expect(model).toMatchObject({ features, terms, unmetVariance });
  for (const [index, weight] of mean.entries()) expect(model.mean[index]).toBeCloseTo(weight);
  for (const [index, value] of covariance.entries()) expect(model.covariance[index]).toBeCloseTo(value);
});

test("it stays calibrated while the rate goes from 6 to 31 %, and ranks better than a coin", () => {
  const contacts = contactsOf(6_000, (index) => (index < 2_000 ? 0.06 : index < 4_000 ? 0.31 : 0.12));
  const { expected } = walkForward(training(contacts), 1_000, 60);
  expect(calibrationError(expected)).toBeLessThan(0.03);
  expect(areaUnderCurve(expected)).toBeGreaterThan(0.7);
});

test("the area under the curve is right where it is known", () => {
  const of = (...pairs: [number, boolean][]) => areaUnderCurve(pairs.map(([probability, converted]) => ({ probability, converted }))); // prettier-ignore
  expect(of([0.1, false], [0.9, true])).toBe(1);
  expect(of([0.9, false], [0.1, true])).toBe(0);
  expect(of([0.5, false], [0.5, true])).toBe(0.5);
  expect(of([0.1, false], [0.4, true], [0.3, false], [0.2, true])).toBe(0.75);
  expect(of([0.1, true])).toBeNull();
});

test("a population that changed has an index over a quarter, the same one has none", () => {
  const before = Array.from({ length: 100 }, (_, index) => (index % 2 === 0 ? "fair" : "list"));
  expect(stabilityIndex(before, before)).toBe(0);
  expect(
    stabilityIndex(
      before,
      before.map(() => "fair"),
    ),
  ).toBeGreaterThan(0.25);
  expect(stabilityIndex([], before)).toBe(0);
});
