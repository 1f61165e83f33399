import { fold } from "../../../shared/text/fold.ts";
import { createNumbers } from "./numbers.ts";
import { createPostings } from "./postings.ts";
import { createScores } from "./scores.ts";
import { createVocabulary } from "./vocabulary.ts";
import { indexWords, wordSpans } from "./words.ts";

/** What a record is found by, from the most to the least telling. */
export type Searchable = {
  name: string;
  company: string;
  /** E-mail and whatever else is written in letters. */
  contact: string;
  /** Matched by any three digits in a row; from seven on, with one typing mistake. */
  phones: readonly string[];
  notes: string;
};

/**
 * An inverted index over records by their row numbers, in memory. Ranking: within a field exact before prefix
 * before part of a word before typing mistake; name before company before contact before notes; several words
 * must all match, the last one as a beginning. Ties keep the order of rows.
 */
export type TextIndex = {
  put(row: number, record: Searchable): void;
  remove(row: number): void;
  rank(text: string): Int32Array;
  /** How much of the index belongs to states of records that are no more. */
  waste(): { dead: number; live: number };
  tidy(): Promise<void>;
  size(): { words: number; bytes: number };
};

/** Which field a word stands in, as bits of a posting; `first`: it begins the name. */
export const inField = { name: 1, company: 2, contact: 4, notes: 8, first: 16 } as const;
const fieldBits = 5;
/** Parts of words and typing mistakes are looked for only when there is little else. */
const enough = 25;
const fewestDigits = 3;

export function createTextIndex(): TextIndex {
  const vocabulary = createVocabulary();
  const postings = createPostings();
  const numbers = createNumbers();
  const scores = createScores();
  /** A changed record gets a new document number; the old one no longer belongs to a row. */
  const rowOfDocument: number[] = [];
  const documentOfRow: (number | undefined)[] = [];
  let live = 0;

  function put(row: number, record: Searchable): void {
    remove(row);
    const document = rowOfDocument.push(row) - 1;
    documentOfRow[row] = document;
    live += 1;
    numbers.put(row, record.phones.map(digitsOf).filter(Boolean));
    for (const [term, bits] of termsOf(record)) postings.add(term, (document << fieldBits) | bits);
  }
  function remove(row: number): void {
    if (documentOfRow[row] === undefined) return;
    documentOfRow[row] = undefined;
    numbers.remove(row);
    live -= 1;
  }
  function termsOf({ name, company, contact, notes }: Searchable): Map<number, number> {
    const terms = new Map<number, number>();
    const take = (text: string, bits: number, firstBits = 0) =>
      indexWords(fold(text), (word, isFirst) => {
        const term = vocabulary.numberOf(word);
        terms.set(term, (terms.get(term) ?? 0) | bits | (isFirst ? firstBits : 0));
      });
    take(name, inField.name, inField.first);
    take(company, inField.company);
    take(contact, inField.contact);
    take(notes, inField.notes);
    return terms;
  }

  function scoreWord(word: string, isLast: boolean, loose: boolean): void {
    const add = (term: number, quality: Parameters<typeof scores.add>[2]) =>
      postings.each(term, (posting) => {
        const row = rowOfDocument[posting >>> fieldBits] as number;
        if (documentOfRow[row] === posting >>> fieldBits) scores.add(row, posting & 31, quality);
      });
    const exact = vocabulary.exact(word);
    if (exact !== undefined) add(exact, "exact");
    if (isLast) vocabulary.eachWithPrefix(word, (term) => add(term, "prefix"));
    if (isDigits(word)) numbers.eachWith(word, (row) => scores.add(row, inField.contact, "prefix"));
    if (!loose) return;
    if (isDigits(word)) numbers.eachNear(word, (row) => scores.add(row, inField.contact, "mistyped"));
    if (word.length >= 3) vocabulary.eachWithInside(word, (term) => add(term, "inside"));
    vocabulary.eachMistyped(word, isLast, (term, edits) =>
      add(term, edits === 1 ? "mistyped" : "mistyped-twice"),
    );
  }
  function rankWords(words: readonly string[], loose: boolean): Int32Array<ArrayBuffer> {
    scores.begin(documentOfRow.length);
    words.forEach((word, at) => {
      scoreWord(word, at === words.length - 1, loose);
      scores.endWord();
    });
    return scores.ranked();
  }

  return {
    put,
    remove,
    rank(text) {
      const readings = readingsOf(text).filter((words) => words.length > 0);
      // What one reading forgives is no better than what another finds as typed.
      const strict = firstFound(readings, (words) => rankWords(words, false));
      if (strict.length >= enough) return strict;
      return append(
        strict,
        firstFound(readings, (words) => rankWords(words, true)),
      );
    },
    waste: () => ({ dead: rowOfDocument.length - live, live }),
    tidy: vocabulary.tidy,
    size: () => ({ words: vocabulary.size(), bytes: postings.bytes() }),
  };
}

/**
 * The ways to read what somebody typed, best first: something that looks like a phone number is one run of digits
 * however it is spaced, without the zeros that are dialled before it; everything else is words, at last with
 * hyphens and apostrophes left out.
 */
export function readingsOf(text: string): string[][] {
  const folded = fold(text);
  const words = wordSpans(folded).map(({ word }) => word);
  const digits = /^[\s\d+()./-]+$/u.test(folded) ? digitsOf(folded).replace(/^0+/u, "") : "";
  const joined = wordSpans(folded.replaceAll(/['-]/gu, "")).map(({ word }) => word);
  return digits.length >= fewestDigits ? [[digits], words] : [words, joined];
}

function firstFound(
  readings: readonly string[][],
  rank: (words: readonly string[]) => Int32Array<ArrayBuffer>,
): Int32Array<ArrayBuffer> {
  for (const words of readings) {
    const ranked = rank(words);
    if (ranked.length > 0) return ranked;
  }
  return new Int32Array(0);
}

/** Whatever only forgiveness finds comes after what matches as typed. */
function append(strict: Int32Array<ArrayBuffer>, loose: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const known = new Set(strict);
  const more = loose.filter((row) => !known.has(row));
  const all = new Int32Array(strict.length + more.length);
  all.set(strict);
  all.set(more, strict.length);
  return all;
}

function isDigits(word: string): boolean {
  return word.length >= fewestDigits && /^\d+$/u.test(word);
}

function digitsOf(text: string): string {
  return fold(text).replaceAll(/\D/gu, "");
}
