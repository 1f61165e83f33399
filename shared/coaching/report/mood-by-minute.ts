import type { CallReport } from "../../entities/insight.ts";
import { wordsInOrder } from "../metrics/live-metrics.ts";
import { msPerMinute } from "../metrics/tally.ts";
import { hearMood, moodClassOf, moodScore, noMood, type Mood } from "../text/mood.ts";
import type { SpokenWord } from "../text/words.ts";
import type { Utterance } from "../utterance.ts";

/** As long as a report holds: ten hours. */
const mostMinutes = 600;

/**
 * The customer's mood in each minute of the call, -1 to 1: `customerSentiment`'s formula over the words that began in it;
 * 0 where none of them has a value. A minute is read from its own words alone, so what is said later changes none that is
 * over. It is no part of the fold, whose state must not grow with the call.
 */
export function moodByMinute(utterances: readonly Utterance[], durationMs: number): number[] {
  const minutes = Math.min(mostMinutes, Math.ceil(durationMs / msPerMinute));
  const moods: Mood[] = Array.from({ length: minutes }, () => noMood);
  for (const word of customersWords(utterances)) {
    const minute = Math.floor(word.startMs / msPerMinute);
    const mood = moods[minute];
    if (mood !== undefined) moods[minute] = hearMood(mood, word);
  }
  return moods.map((mood) => Math.round(moodScore(mood) * 100) / 100);
}

/** The customer's mood in the whole call; empty = they said nothing. While the call goes on, `LiveReading.mood` says it. */
export function sentimentOf(utterances: readonly Utterance[]): CallReport["sentiment"] {
  const words = customersWords(utterances);
  return words.length === 0 ? "" : moodClassOf(words.reduce(hearMood, noMood));
}

/** In the order of time, as the live figures hear them. */
function customersWords(utterances: readonly Utterance[]): SpokenWord[] {
  return wordsInOrder(utterances).filter(({ speaker }) => speaker === "customer");
}
