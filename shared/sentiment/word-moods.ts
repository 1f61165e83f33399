import { z } from "zod";
import given from "./word-moods.json" with { type: "json" };
import { alphabet, firstLetter, letterOf, unitOf, weightOf } from "./letters.ts";
import { hash } from "./terms.ts";
import type { Token } from "./tokens.ts";

/** What a word adds to a text: to its rating, to its rating where a "not" stands before it, to how neutral it is. */
export type WordMood = readonly [rating: number, denied: number, neutral: number];

const scales = 3;
const places = 1 << 12;

/** What `npm run train-sentiment -- --vectors FILE` writes: what common words say, also those that no rated text has. */
export const WordMoods = z.strictObject({
  format: z.literal(1),
  /**
   * The words by their hashes, one list a place, a space between: of each word two letters by which it is known and one
   * for each of its scales (`letterOf`). Another word passes for one of them once in a thousand times.
   */
  lists: z.string(),
  steps: z.array(z.number().positive()).length(scales),
  /** How it was learned, for whoever reads the file. */
  learnedFrom: z.string(),
});
export type WordMoods = z.infer<typeof WordMoods>;
/** What is known of a word; null where nothing is. */
export type MoodOfWord = (word: string) => WordMood | null;

let shipped: MoodOfWord | null = null;

/** Those that come with Ringside; read once. */
export function shippedMoods(): MoodOfWord {
  shipped ??= readWordMoods(WordMoods.parse(given));
  return shipped;
}

/** Sums over the words of a text that are known, by the root of how many these are. */
export function moodsOf(tokens: readonly Token[], moodOfWord: MoodOfWord): { mood: number; neutral: number } {
  let [mood, neutral, known] = [0, 0, 1];
  for (const { text, denied } of tokens)
    for (const [rating, deniedRating, neutrality] of findWords(text, moodOfWord)) {
      mood += denied ? deniedRating : rating;
      neutral += neutrality;
      known += 1;
    }
  return { mood: mood / Math.sqrt(known), neutral: neutral / Math.sqrt(known) };
}

/** What is found of a token, or of the words it is put together from: "well-made" of "well" and "made". */
export function findWords<Found>(token: string, find: (word: string) => Found | null): Found[] {
  const whole = find(token);
  if (whole !== null) return [whole];
  const parts = token.split(/n't$|'.*|-/u).filter((part) => part !== "" && part !== token);
  return parts.map(find).filter((found) => found !== null);
}

export function packWordMoods(moods: ReadonlyMap<string, WordMood>): Pick<WordMoods, "lists" | "steps"> {
  const steps = Array.from({ length: scales }, (_, scale) =>
    unitOf(Array.from(moods.values(), (mood) => mood[scale] ?? 0)),
  );
  const lists = Array.from({ length: places }, () => "");
  for (const [word, mood] of moods) {
    const { place, mark } = placeOf(word);
    lists[place] += mark + mood.map((weight, scale) => letterOf(weight, steps[scale] ?? 1)).join("");
  }
  return { lists: lists.join(" "), steps };
}

export function readWordMoods({ lists, steps }: WordMoods): MoodOfWord {
  const byPlace = lists.split(" ");
  const [rating = 1, denied = 1, neutral = 1] = steps;
  return (word) => {
    const { place, mark } = placeOf(word);
    const list = byPlace[place] ?? "";
    for (let at = 0; at < list.length; at += mark.length + scales)
      if (list.startsWith(mark, at)) {
        const weight = (scale: number, step: number) =>
          weightOf(list.charCodeAt(at + mark.length + scale), step);
        return [weight(0, rating), weight(1, denied), weight(2, neutral)];
      }
    return null;
  };
}

function placeOf(word: string): { place: number; mark: string } {
  const code = hash(word);
  const rest = Math.floor(code / places) % alphabet ** 2;
  const letters = [rest % alphabet, Math.floor(rest / alphabet)];
  return { place: code % places, mark: String.fromCharCode(...letters.map((one) => firstLetter + one)) };
}
