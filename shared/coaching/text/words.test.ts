import fc from "fast-check";
import { expect, test } from "vitest";
import { splitWords, wordsOf } from "./words.ts";

const at = (text: string, timing: number[] = [], startMs = 1_000, endMs = 2_000) => ({
  text,
  timing,
  startMs,
  endMs,
});

test("words by the times that were told", () => {
  expect(wordsOf(at("is that right?", [0, 100, 150, 200, 400, 300]))).toEqual([
    { text: "is", startMs: 1_000, endMs: 1_100, ends: "" },
    { text: "that", startMs: 1_150, endMs: 1_350, ends: "" },
    { text: "right", startMs: 1_400, endMs: 1_700, ends: "?" },
  ]);
});

test("a sound in brackets is no word, and keeps its place among the times", () => {
  expect(wordsOf(at("[noise] okay <unk> um", [0, 100, 200, 100, 300, 100, 400, 100]))).toMatchObject([
    { text: "okay", startMs: 1_200 },
    { text: "um", startMs: 1_400 },
  ]);
  expect(wordsOf(at("[noise]", [0, 100]))).toEqual([]);
});

test("spread over the utterance by their length where times are missing, or not one for each word", () => {
  for (const timing of [[], [0, 100], [0, 100, 200, 100, 300, 100]])
    expect(wordsOf(at("no thanks", timing)).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [1_000, 1_250],
      [1_250, 2_000],
    ]);
});

test.each([
  ["don’t — it's twenty-one, 1,200.50 or 9:30!", ["don’t", "it's", "twenty-one", "1,200.50", "or", "9:30"]],
  ["مرحباً، كيف حالك؟", ["مرحباً", "كيف", "حالك"]],
  ["שלום, מה שלומך?", ["שלום", "מה", "שלומך"]],
  ["हिन्दी में बोलिए।", ["हिन्दी", "में", "बोलिए"]],
  ["می‌خواهم بدانم", ["می‌خواهم", "بدانم"]],
  ["привет, как дела?", ["привет", "как", "дела"]],
  ["退订。谢谢", ["退订", "谢谢"]],
  ["สวัสดีครับ", ["สวัสดี", "ครับ"]],
])("words of %s", (text, words) => {
  expect(splitWords(text)).toEqual(words);
});

test("question marks and full stops of other scripts end a sentence", () => {
  const endOf = (text: string) => wordsOf(at(text)).at(-1)?.ends;
  expect(["حالك؟", "吗？", "right?”", "यहाँ।", "so.", "so"].map(endOf)).toEqual(["?", "?", "?", ".", ".", ""]);
});

test("any text: words in order, within the utterance, none of them empty", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(5_000), (text, lengthMs) => {
      const words = wordsOf(at(text, [], 500, 500 + lengthMs));
      let from = 500;
      for (const word of words) {
        expect(word.text).not.toBe("");
        expect(word.startMs).toBeGreaterThanOrEqual(from);
        expect(word.endMs).toBeGreaterThanOrEqual(word.startMs);
        expect(word.endMs).toBeLessThanOrEqual(500 + lengthMs);
        from = word.startMs;
      }
    }),
  );
});
