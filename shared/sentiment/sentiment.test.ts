import fc from "fast-check";
import { expect, test } from "vitest";
import { emotionNames, listedWordsOf, type Emotion } from "./emotion-words.ts";
import { emotionsOf, wordsThatShow } from "./emotions.ts";
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

/** Emotions by place, as `listedWordsOf` counts them. */
function listedIn(text: string): Partial<Record<Emotion, number>> {
  const entries = listedWordsOf(text).map((words, at) => [emotionNames[at], words] as const);
  return Object.fromEntries(entries.filter(([, words]) => words > 0));
}

test("words of the lists are counted where they are not denied", () => {
  expect(listedIn("I'm worried and, frankly, angry. Very angry!")).toEqual({ anger: 2, fear: 1 });
  expect(listedIn("I am not happy")).toEqual({});
});

test.each([
  ["What happens to us if the landlord sells?", "fear"],
  ["I can't make sense of this statement.", "confusion"],
  ["I never would have guessed that.", "surprise"],
  ["You are in good hands with them.", "trust"],
  ["My mother passed away last week.", "sadness"],
  ["I am sick and tired of waiting.", "anger"],
])("a turn of phrase counts as a word does, also one with a “not” of its own: %s", (text, emotion) => {
  expect(Object.keys(listedIn(text))).toEqual([emotion]);
});

test("a name or a longer word that only begins like one is none", () => {
  expect(listedIn("Joyce sells crystal to Mr Cryer")).toEqual({});
});

test.each([
  ["I absolutely love it, we had so much fun!", "joy"],
  ["Thanks, I really appreciate your help.", "trust"],
  ["This is disgusting, you idiots make me so mad.", "anger"],
  ["I'm scared that he comes back.", "fear"],
  ["I cried all night, I miss her so much.", "sadness"],
  ["Wow, I did not see that coming!", "surprise"],
  ["I have no clue what you are talking about, I'm confused.", "confusion"],
])("what is said plainly shows its emotion first: %s", (text, emotion) => {
  expect(emotionsOf(text)[0]?.emotion).toBe(emotion);
});

test.each([
  "Please send the floor plans by Friday.",
  "Our lease ends in May and we need 40 desks.",
  "Do you have the energy certificate?",
  "",
  "\u0000 \n 12, 14.",
])("what only tells or asks shows none: %s", (text) => {
  expect(emotionsOf(text)).toEqual([]);
});

test("a long text shows what one of its sentences does, and by which words; a megabyte is read no further than its beginning", () => {
  const plain = "The contract starts on the first of June and the keys are at the office. ".repeat(20);
  const [shown, ...more] = emotionsOf(`${plain}I am terrified of the stairs. ${plain}`);
  expect(shown).toMatchObject({ emotion: "fear", sentence: "I am terrified of the stairs." });
  expect(more).toEqual([]);
  expect(shown && wordsThatShow(shown)).toContain("terrified");
  const tooLate = `${plain.repeat(20)} I am terrified.`;
  expect(tooLate.length).toBeGreaterThan(20_000);
  expect(emotionsOf(tooLate)).toEqual([]);
});

test("each sentence shows its own, whatever the others do; of one sentence only those that are nearly as likely are named", () => {
  const letter = "Thank you so much for the keys. The bill is a scam and I am furious!";
  expect(emotionsOf(letter).map(({ emotion }) => emotion)).toEqual(["trust", "anger"]);
  expect(emotionsOf("Thank you so much, thanks!").map(({ emotion }) => emotion)).toEqual(["trust"]);
});

test("the words that speak for an emotion are the text's own, each once, without the marks around them", () => {
  const [shown] = emotionsOf("Thank you, “thank” you! I trust you.");
  expect(shown?.emotion).toBe("trust");
  const words = shown ? wordsThatShow(shown) : [];
  expect(words.length).toBeGreaterThan(0);
  expect(new Set(words.map((word) => word.toLowerCase())).size).toBe(words.length);
  for (const word of words) expect(["Thank", "thank", "you", "I", "trust"]).toContain(word);
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
