import fc from "fast-check";
import { expect, test } from "vitest";
import { emotionsOf } from "./emotions.ts";
import { keyPhrasesOf } from "./key-phrases.ts";
import { rateText } from "./sentiment.ts";
import { urgencyOf } from "./urgency.ts";

test.each([
  ["I absolutely love this, thank you so much! Best service ever.", "very-positive"],
  ["Thanks, that was helpful.", "positive"],
  ["The meeting is on Tuesday at ten.", "neutral"],
  ["I am not happy with the delay.", "negative"],
  ["This is the worst company ever, terrible and rude, I hate it.", "very-negative"],
])("%s", (text, sentiment) => {
  expect(rateText(text).sentiment).toBe(sentiment);
});

test("any text gets a rating within bounds, twice the same", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
      const rated = rateText(text);
      expect(Math.abs(rated.rating)).toBeLessThanOrEqual(4);
      expect(rateText(text)).toEqual(rated);
    }),
    { numRuns: 60 },
  );
});

test("a text without words is neutral; a megabyte is read no further than its beginning", () => {
  expect(rateText("")).toEqual({ rating: 0, sentiment: "neutral" });
  expect(rateText(" \u0000 \n")).toEqual({ rating: 0, sentiment: "neutral" });
  const long = "good ".repeat(5_000);
  expect(rateText(`${long}${"terrible ".repeat(100_000)}`)).toEqual(rateText(long));
});

test("emotions are those whose words stand there and are not denied", () => {
  expect(emotionsOf("I'm worried and, frankly, angry. Very angry!")).toEqual([
    { emotion: "anger", words: 2 },
    { emotion: "fear", words: 1 },
  ]);
  expect(emotionsOf("I am not happy")).toEqual([]);
});

test.each([
  ["What happens to us if the landlord sells?", "fear"],
  ["I can't make sense of this statement.", "confusion"],
  ["I never would have guessed that.", "surprise"],
  ["You are in good hands with them.", "trust"],
  ["My mother passed away last week.", "sadness"],
  ["I am sick and tired of waiting.", "anger"],
])("a turn of phrase tells as a word does, also one with a “not” of its own: %s", (text, emotion) => {
  expect(emotionsOf(text)[0]?.emotion).toBe(emotion);
});

test("a name or a longer word that only begins like one is none", () => {
  expect(emotionsOf("Joyce sells crystal to Mr Cryer")).toEqual([]);
});

test.each([
  ["I am locked out of my flat", "high"],
  ["The other buyer signs this afternoon", "high"],
  ["The pipe burst", "high"],
  ["We have no heating since this morning", "high"],
  ["The insurance runs out on Sunday", "some"],
  ["Please answer within two weeks", "some"],
  ["Does the flat have a fire alarm?", "none"],
  ["Is there a police station nearby?", "none"],
  ["Take all the time you need, it is not for tomorrow", "none"],
  ["We are only looking around", "none"],
])("how soon: %s", (text, level) => {
  expect(urgencyOf(text).level).toBe(level);
});

test("urgency names the words that say so, and no rush is none", () => {
  expect(urgencyOf("Please call me back ASAP, the offer expires")).toEqual({
    level: "high",
    because: ["asap", "expires"],
  });
  expect(urgencyOf("We decide this week")).toMatchObject({ level: "some" });
  expect(urgencyOf("No rush, it is not urgent")).toMatchObject({ level: "none" });
  expect(urgencyOf("The lease is long")).toEqual({ level: "none", because: [] });
});

test.each([
  ["No rush, but gas leak!", "high"],
  ["No rush, there is a smell of gas in the hall", "high"],
  ["No rush. There is water coming through the wall and it is flooding.", "high"],
  ["It is not urgent, but I need the keys today.", "high"],
  ["Take your time with the offer. The plans we need by Friday.", "some"],
  ["There is no hurry although the offer expires on Monday", "some"],
  ["Can you send it today? No rush.", "none"],
  ["No hurry at all! Tomorrow is fine.", "none"],
  ["This isn't urgent, but when are tours?", "none"],
  ["There is no smell of gas any more.", "none"],
])("a denial counts in its own clause: %s", (text, level) => {
  expect(urgencyOf(text).level).toBe(level);
});

test("key phrases are runs of the text itself, the weightiest first", () => {
  const text = "The parking price is too high. We need the fourth floor lease, and parking price matters.";
  const phrases = keyPhrasesOf(text, 3);
  expect(phrases).toContain("fourth floor lease");
  for (const phrase of phrases) expect(text.toLowerCase()).toContain(phrase);
});
