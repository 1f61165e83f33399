import { stemmer } from "stemmer";
import { fold } from "../../text/fold.ts";
import { splitWords } from "./words.ts";

/** What all inflections of a word have in common, folded: "Cancelled", "cancelling" → "cancel" (Porter 1980). */
export function stemOf(word: string): string {
  const folded = fold(word);
  let stem = stems.get(folded);
  if (stem === undefined) {
    if (stems.size >= mostKept) stems.clear();
    stems.set(folded, (stem = stemmer(withoutOwner(folded))));
  }
  return stem;
}

/** Of every word of a text, in order. */
export function stemsOf(text: string): string[] {
  return splitWords(text).map(stemOf);
}

/** People say a few thousand words, each a hundred times. */
const stems = new Map<string, string>();
const mostKept = 20_000;

/** "customer's" is about a customer; "it's" and "don't" are words of their own. */
function withoutOwner(word: string): string {
  return word.length > 4 && word.endsWith("'s") ? word.slice(0, -2) : word;
}
