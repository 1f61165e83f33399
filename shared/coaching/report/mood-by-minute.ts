import type { CallReport } from "../../entities/insight.ts";
import { msPerMinute } from "../metrics/tally.ts";
import { hearMood, moodScore, noMood, type Mood } from "../text/mood.ts";
import { wordsOf } from "../text/words.ts";
import type { Utterance } from "../utterance.ts";

/** As long as a report holds: ten hours. */
const mostMinutes = 600;

/** The customer's mood in each minute of the call, -1 to 1; 0 where they said nothing that tells one. */
export function moodByMinute(utterances: readonly Utterance[], durationMs: number): number[] {
  const minutes = Math.min(mostMinutes, Math.ceil(durationMs / msPerMinute));
  const moods: Mood[] = Array.from({ length: minutes }, () => noMood);
  for (const word of utterances.filter(({ speaker }) => speaker === "customer").flatMap(wordsOf)) {
    const minute = Math.floor(word.startMs / msPerMinute);
    const mood = moods[minute];
    if (mood !== undefined) moods[minute] = hearMood(mood, word);
  }
  return moods.map((mood) => Math.round(moodScore(mood) * 100) / 100);
}

/** What must be heard before a mood is called anything but neutral, and a strong one: about four and ten words. */
const [leastSize, leastStrong] = [6, 16];
const [felt, strongly] = [0.3, 0.55];

/** Careful: of what people say on the telephone, most has no mood, and words tell little of it. */
export function sentimentOf(utterances: readonly Utterance[]): CallReport["sentiment"] {
  const words = utterances.filter(({ speaker }) => speaker === "customer").flatMap(wordsOf);
  if (words.length === 0) return "";
  const mood = words.reduce(hearMood, noMood);
  const score = mood.size < leastSize ? 0 : moodScore(mood);
  if (Math.abs(score) < felt) return "neutral";
  const isStrong = Math.abs(score) > strongly && mood.size >= leastStrong;
  if (score < 0) return isStrong ? "very-negative" : "negative";
  return isStrong ? "very-positive" : "positive";
}
