import { expect, test } from "vitest";
import { tokensOf } from "./tokens.ts";
import {
  findWords,
  moodsOf,
  packWordMoods,
  readWordMoods,
  shippedMoods,
  type WordMood,
} from "./word-moods.ts";

const words: readonly [string, WordMood][] = [
  ["fine", [2, -1, -0.25]],
  ["table", [0, 0, 0.5]],
  ["grim", [-1, 0.5, 0]],
];
const moodOfWord = readWordMoods({
  ...{ format: 1, learnedFrom: "a test" },
  ...packWordMoods(new Map(words)),
});

test.each(words)(
  "what is packed of a word is found again, as far as a letter can say it: %s",
  (word, mood) => {
    const found = moodOfWord(word);
    for (const [scale, weight] of mood.entries()) expect(found?.[scale]).toBeCloseTo(weight, 1);
  },
);

test("nothing is known of a word that was not packed, and next to nothing passes for one that is shipped", () => {
  expect(moodOfWord("chair")).toBeNull();
  expect(moodOfWord("")).toBeNull();
  const passing = Array.from({ length: 10_000 }, (_, at) => `zq${at}x`).filter((word) =>
    shippedMoods()(word),
  );
  expect(passing.length).toBeLessThan(30);
});

test.each([
  ["courteous", 1],
  ["surly", -1],
  ["unkempt", -1],
])("a word that no rated text has is known for what it says: %s", (word, sign) => {
  const [rating = 0] = shippedMoods()(word) ?? [];
  expect(rating * sign).toBeGreaterThan(0.5);
});

test.each([
  ["fine", ["fine"]],
  ["fine-table", ["fine", "table"]],
  ["table's", ["table"]],
  ["finen't", ["fine"]],
  ["chair", []],
  ["-", []],
])("a token is found as it stands, or in its parts: %s", (token, found) => {
  expect(findWords(token, (word) => (moodOfWord(word) ? word : null))).toEqual(found);
});

test("a word after a “not” adds what it does there; the sum goes by the root of how many are known", () => {
  const plain = moodsOf(tokensOf("a fine chair"), moodOfWord);
  expect(plain.mood).toBeCloseTo(2 / Math.SQRT2, 1);
  const denied = moodsOf(tokensOf("not a fine table"), moodOfWord);
  expect(denied.mood).toBeCloseTo(-1 / Math.sqrt(3), 1);
  expect(denied.neutral).toBeCloseTo(0.25 / Math.sqrt(3), 1);
  expect(moodsOf([], moodOfWord)).toEqual({ mood: 0, neutral: 0 });
});
