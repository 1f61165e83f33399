import { expect, test } from "vitest";
import { readWordMoods } from "../../shared/sentiment/word-moods.ts";
import { learnWordMoods } from "./learn-word-moods.ts";
import type { RatedText } from "./rated-texts.ts";
import type { WordVectors } from "./word-vectors.ts";

/** The first part is the mood, the second what things are. */
const vectors: WordVectors = new Map(
  Object.entries({
    lovely: [1, 0],
    awful: [-1, 0],
    table: [0, 1],
    exquisite: [0.9, 0.1],
    grimy: [-0.9, 0.1],
    chair: [0.1, 0.9],
  }).map(([word, parts]) => [word, Float64Array.from(parts)]),
);

test("a word that no rated text has counts as those do that stand where it might stand", () => {
  const moodOf = readWordMoods(learnWordMoods(texts(), vectors));
  const ratingOf = (word: string) => moodOf(word)?.[0] ?? 0;
  expect(ratingOf("exquisite")).toBeGreaterThan(0.5);
  expect(ratingOf("grimy")).toBeLessThan(-0.5);
  expect(Math.abs(ratingOf("chair"))).toBeLessThan(0.3);
  expect(moodOf("exquisite")?.[1], "after a “not”").toBeLessThan(0);
  expect(moodOf("chair")?.[2] ?? 0, "neutral").toBeGreaterThan(moodOf("grimy")?.[2] ?? 0);
});

function texts(): RatedText[] {
  const rated: readonly [string, number][] = [
    ["lovely", 2],
    ["awful", -2],
    ["not lovely", -1],
    ["not awful", 1],
    ["table", 0],
    ["not a table", 0],
  ];
  return Array.from({ length: 100 }, () => rated)
    .flat()
    .map(([text, rating]) => ({ set: "tweets", source: text, rating, text, isTest: false }));
}
