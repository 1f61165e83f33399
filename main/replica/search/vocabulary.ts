import { sortInSlices } from "../live/slices.ts";
import { editDistance, forgivenEdits } from "./distance.ts";

/** All words of an index by number, with ways to find those that a typed word may mean. */
export type Vocabulary = {
  size(): number;
  numberOf(word: string): number;
  exact(word: string): number | undefined;
  /** Longer words that begin with `start`. */
  eachWithPrefix(start: string, take: (term: number) => void): void;
  /** Words that have `part` inside, not at the beginning. */
  eachWithInside(part: string, take: (term: number) => void): void;
  /** Words within the forgiven number of typing mistakes (1 from 4 letters, 2 from 8), but not the word itself. */
  eachMistyped(word: string, asPrefix: boolean, take: (term: number, edits: number) => void): void;
  /** Sorts what has come since the last time; to be called now and then. */
  tidy(): Promise<void>;
};

/** Words that came since the last sort are looked through one by one, up to this many. */
const longestTail = 2_000;

export function createVocabulary(): Vocabulary {
  const words: string[] = [];
  const numbers = new Map<string, number>();
  let letters = new Int32Array(4096);
  let sorted = new Int32Array(0);
  let sorting = false;

  function add(word: string): number {
    const term = words.push(word) - 1;
    numbers.set(word, term);
    if (term >= letters.length) {
      const larger = new Int32Array(letters.length * 2);
      larger.set(letters);
      letters = larger;
    }
    letters[term] = lettersOf(word);
    return term;
  }
  const textOf = (term: number) => words[term] as string;
  const byText = (a: number, b: number) => (textOf(a) < textOf(b) ? -1 : 1);

  function eachWithPrefix(start: string, take: (term: number) => void): void {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (textOf(sorted[middle] as number) < start) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < sorted.length; at += 1) {
      const term = sorted[at] as number;
      if (!textOf(term).startsWith(start)) break;
      if (textOf(term).length > start.length) take(term);
    }
    for (let term = sorted.length; term < words.length; term += 1) {
      if (textOf(term).length > start.length && textOf(term).startsWith(start)) take(term);
    }
  }

  return {
    size: () => words.length,
    numberOf: (word) => numbers.get(word) ?? add(word),
    exact: (word) => numbers.get(word),
    eachWithPrefix,
    eachWithInside(part, take) {
      const wanted = lettersOf(part);
      for (let term = 0; term < words.length; term += 1) {
        if ((wanted & ~(letters[term] as number)) === 0 && textOf(term).indexOf(part, 1) > 0) take(term);
      }
    },
    eachMistyped(word, asPrefix, take) {
      const most = forgivenEdits(word.length);
      if (most === 0) return;
      const wanted = lettersOf(word);
      for (let term = 0; term < words.length; term += 1) {
        const has = letters[term] as number;
        // Each mistake can hide one letter and, within a whole word, bring in another.
        const differing = asPrefix ? bitsOf(wanted & ~has) : bitsOf(wanted ^ has);
        if (differing > (asPrefix ? most : 2 * most)) continue;
        const edits = editDistance(word, textOf(term), most, asPrefix);
        if (edits > 0 && edits <= most) take(term, edits);
      }
    },
    async tidy() {
      if (sorting || (words.length - sorted.length < longestTail && sorted.length > 0)) return;
      sorting = true;
      sorted = await sortInSlices(
        Int32Array.from(words, (_, term) => term),
        byText,
      );
      sorting = false;
    },
  };
}

/** Which letters a word has, one bit each; other scripts share five bits. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) bits |= 1 << 26;
    else bits |= 1 << (27 + (code % 5));
  }
  return bits;
}

/** How many bits of a 32-bit number are set. */
export function bitsOf(value: number): number {
  let rest = value - ((value >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
