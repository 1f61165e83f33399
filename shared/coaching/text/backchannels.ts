import { isHesitation } from "./fillers.ts";

/**
 * What a listener says to show that they listen ("mm-hm", "right", "I see"), as opposed to speaking: English, folded.
 * "No" is never one.
 */
const phrases = new Set(
  `mm mmm mhm mm-hm mm-hmm mmhm mmhmm mhmm uh-huh uhhuh huh hm hmm hmmm yeah yea yep yup yes okay ok right sure alright
   oh ah aha wow exactly absolutely definitely gotcha cool`.split(/\s+/u),
);
const pairs = new Set([
  "uh huh",
  "mm hm",
  "mm hmm",
  "i see",
  "got it",
  "all right",
  "of course",
  "oh really",
]);
const openings = new Set(Array.from(pairs, (pair) => pair.split(" ")[0] ?? ""));

/** How a run of words stands: nothing but backchannels so far (`open` = its last word may be the first half of one). */
export type Listening = { open: string };

/**
 * The next folded word of somebody who has said nothing but backchannels so far.
 * @returns null = they speak
 */
export function keepListening(before: Listening, word: string): Listening | null {
  if (pairs.has(`${before.open} ${word}`)) return { open: "" };
  if (before.open !== "" && !isWhole(before.open)) return null;
  if (openings.has(word)) return { open: word };
  return isWhole(word) ? { open: "" } : null;
}

function isWhole(word: string): boolean {
  return phrases.has(word) || isHesitation(word);
}
