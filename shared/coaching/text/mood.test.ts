import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { moodOf } from "./mood.ts";

test("words of joy are above nought, words of anger below, and the rest is neither", () => {
  expect(moodOf("That is great, I love it")).toBeGreaterThan(0.4);
  expect(moodOf("This is awful, I am so angry")).toBeLessThan(-0.4);
  expect(moodOf("I would like to reset my password please")).toBe(0);
  expect(moodOf("مرحبا كيف حالك")).toBe(0);
  expect(moodOf("")).toBe(0);
});

test("a “not” turns a word round and weakens it, as far as it reaches", () => {
  expect(moodOf("not great")).toBeLessThan(0);
  expect(moodOf("not great")).toBeGreaterThan(moodOf("awful"));
  expect(moodOf("I don't think it's bad")).toBeGreaterThan(0);
  expect(moodOf("I don't think that this is bad")).toBeLessThan(0);
  expect(moodOf("it is not bad")).toBeGreaterThan(0);
  expect(moodOf("It is not. Great")).toBeGreaterThan(0);
  expect(moodOf("no, thank you")).toBeGreaterThan(0);
  expect(moodOf("very good")).toBeGreaterThan(moodOf("good"));
});

test("the mood of any text is between -1 and 1", () => {
  const words = fc.array(fc.constantFrom("great", "awful", "not", "very", "so", "hate", "love", "hello"), {
    maxLength: 200,
  });
  fc.assert(fc.property(words, (text) => Math.abs(moodOf(text.join(" "))) < 1));
});

const folder = join(import.meta.dirname, "../../../../shared/data/sentiment");

// People's ratings of texts; the words were not chosen by them. docs/metrics.md says what follows.
test.skipIf(!existsSync(folder)).each([
  ["tweets_GroundTruth.txt", 0.7],
  ["amazonReviewSnippets_GroundTruth.txt", 0.55],
  ["movieReviewSnippets_GroundTruth.txt", 0.35],
  ["nytEditorialSnippets_GroundTruth.txt", 0.35],
])("agrees with people on %s (skipped: ../shared/data is absent): r over %d", (file, least) => {
  const rows = readFileSync(join(folder, file), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((row) => row.split("\t"));
  const pairs = rows.map(([, rating, text]): [number, number] => [Number(rating), moodOf(text ?? "")]);
  expect(correlate(pairs)).toBeGreaterThan(least);
});

/** Pearson's r. */
function correlate(pairs: readonly [number, number][]): number {
  const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (part: (a: number, b: number) => number) =>
    pairs.reduce((total, [a, b]) => total + part(a - x, b - y), 0);
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
}
