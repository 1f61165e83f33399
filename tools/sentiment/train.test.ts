import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import shippedWeights from "../../shared/sentiment/weights.json" with { type: "json" };
import shippedMoods from "../../shared/sentiment/word-moods.json" with { type: "json" };
import { learnWordMoods } from "./learn-word-moods.ts";
import { readRatedTexts, type RatedText } from "./rated-texts.ts";
import { trainSentiment } from "./train.ts";

const dataDir = join(import.meta.dirname, "../../../shared/data");
const isThere = existsSync(join(dataDir, "sentiment"));

describe.skipIf(!isThere)("what sentiment is trained on (skipped: ../shared/data is absent)", () => {
  test("is four fifths of each set; the pieces of one text are on one side", () => {
    const texts = readRatedTexts(dataDir);
    const [kept, learned] = [texts.filter(({ isTest }) => isTest), texts.filter(({ isTest }) => !isTest)];
    const sourcesOf = (some: readonly RatedText[]) => new Set(some.map(({ source }) => source));
    expect(sourcesOf(kept).intersection(sourcesOf(learned)).size).toBe(0);
    for (const set of new Set(texts.map((text) => text.set))) {
      const ofSet = (some: readonly RatedText[]) => some.filter((text) => text.set === set).length;
      const share = ofSet(kept) / ofSet(texts);
      expect(Math.abs(share - 0.2), `${set}: ${share}`).toBeLessThan(0.04);
    }
  });

  test("has no text and no rating of the test part, whoever trains", () => {
    const texts = readRatedTexts(dataDir);
    // All of them take minutes; what is looked at does not hang on how many are learned from.
    const learned = texts.filter(({ isTest }) => !isTest).filter((_, at) => at % 100 === 0);
    const kept = texts.filter(({ isTest }) => isTest).map(() => unreadable);
    expect(learned.length).toBeGreaterThan(100);
    expect(trainSentiment([...kept, ...learned]).trainedOn).toMatch(
      new RegExp(`^${learned.length} texts `, "u"),
    );
    const vectors = new Map([["good", Float64Array.of(1)]]);
    expect(learnWordMoods([...kept, ...learned], vectors).learnedFrom).toMatch(
      new RegExp(` ${learned.length} rated texts$`, "u"),
    );
  });

  test("is, for the weights that are shipped, all but the test part", () => {
    const learned = readRatedTexts(dataDir).filter(({ isTest }) => !isTest).length;
    expect(shippedWeights.trainedOn).toMatch(new RegExp(`^${learned} texts `, "u"));
    expect(shippedMoods.learnedFrom).toMatch(new RegExp(` ${learned} rated texts$`, "u"));
  });
});

/** One of the test part: whoever looks at its words or its rating fails. */
const unreadable: RatedText = {
  ...{ set: "tweets", source: "", isTest: true },
  get rating(): number {
    throw new Error("a rating of the test part was read");
  },
  get text(): string {
    throw new Error("a text of the test part was read");
  },
};
