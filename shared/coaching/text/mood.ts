import { fold } from "../../text/fold.ts";
import { stemsOf } from "./stems.ts";
import { moodByStem } from "./mood-lexicon.ts";
import { wordsOf, type Word } from "./words.ts";

/** How glad or cross the words of one speaker have been, and what the next one stands behind. */
export type Mood = {
  /** Sum of the words' values, and of their sizes. */
  sum: number;
  size: number;
  /** The word before, folded. */
  before: string;
  /** So many more words are turned round by a "not" before them. */
  negatedFor: number;
  /** "Very": the next word counts more. */
  boosted: boolean;
};

export const noMood: Mood = { sum: 0, size: 0, before: "", negatedFor: 0, boosted: false };

/** A "not" reaches so many words, or to the end of the sentence. */
const negationReach = 3;
/** "Not great" is less bad than "bad". */
const negationFactor = -0.6;
const boost = 1.4;
/** Keeps one kind word from being bliss: with words of this size in all, a mood is half of what it could be. */
const damping = 3;

const negators = new Set(
  `not never none nothing nobody neither nor without hardly barely cannot can't won't don't doesn't didn't isn't
   aren't wasn't weren't wouldn't couldn't shouldn't haven't hasn't hadn't ain't`.split(/\s+/u),
);
const boosters = new Set(
  "very really so extremely too totally completely absolutely incredibly super".split(" "),
);

/** What a script says; a "no" before it answers something else ("no, thank you"). */
const courtesies = new Set("thank thanks please sorry welcome".split(" "));
/** "Like" is a mood only of somebody: "I like it", not "I would like", "looks like". */
const likers = new Set("i we they really don't didn't do did also you'll".split(" "));

export function hearMood(mood: Mood, word: Word): Mood {
  const folded = fold(word.text);
  const negates = negators.has(folded);
  const value = negates ? 0 : valueOf(folded, mood);
  return {
    sum: mood.sum + value,
    size: mood.size + Math.abs(value),
    before: folded,
    negatedFor: reachAfter(mood, word, negates),
    boosted: boosters.has(folded),
  };
}

/**
 * -1 (cross) to 1 (glad): Σ values ÷ (Σ sizes + 3), 0 where no word has a value. Values of about 300 English words
 * are ours (-3 to 3); what a negation reaches is turned round and weakened. Words alone: irony, tone and other
 * languages are not heard (docs/metrics.md says how far it agrees with people).
 */
export function moodScore({ sum, size }: Pick<Mood, "sum" | "size">): number {
  return sum / (size + damping);
}

/** What must be heard before a mood is called anything but neutral, and a strong one: about four and ten words. */
const [leastSize, leastStrong] = [6, 16];
const [felt, strongly] = [0.3, 0.55];

export const moodClasses = ["very-negative", "negative", "neutral", "positive", "very-positive"] as const;
export type MoodClass = (typeof moodClasses)[number];

/** Careful: of what people say on the telephone, most has no mood, and words tell little of it. */
export function moodClassOf(mood: Pick<Mood, "sum" | "size">): MoodClass {
  const score = mood.size < leastSize ? 0 : moodScore(mood);
  if (Math.abs(score) < felt) return "neutral";
  const isStrong = Math.abs(score) > strongly && mood.size >= leastStrong;
  if (score < 0) return isStrong ? "very-negative" : "negative";
  return isStrong ? "very-positive" : "positive";
}

/** The mood of a text, -1 to 1. */
export function moodOf(text: string): number {
  return moodScore(wordsOf({ text, startMs: 0, endMs: 0, timing: [] }).reduce(hearMood, noMood));
}

function valueOf(folded: string, { before, negatedFor, boosted }: Mood): number {
  if (folded === "please" || (folded === "like" && !likers.has(before))) return 0;
  const value = wholeValue(folded) * (boosted ? boost : 1);
  const isNegated = negatedFor > 0 || before === "no";
  return isNegated && !courtesies.has(folded) ? value * negationFactor : value;
}

function wholeValue(folded: string): number {
  const [stem = ""] = stemsOf(folded);
  return moodByStem.get(stem) ?? 0;
}

function reachAfter(mood: Mood, word: Word, negates: boolean): number {
  if (word.ends !== "") return 0;
  return negates ? negationReach : Math.max(0, mood.negatedFor - 1);
}
