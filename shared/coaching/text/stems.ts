import { fold } from "../../text/fold.ts";
import { splitWords } from "./words.ts";
import { irregularForms } from "./irregular-forms.ts";

/**
 * The stems of one word as it stands in a text, so that every inflection of it is found: “prices” and “priced” come
 * to one, “can't” is can + not, “fit-out” fit + out, “e-mail” email, “Westgate's” westgate. Empty where it has no
 * letter and no digit. The rules are English's (inflection only: “payment” is not “pay”); words of other languages
 * and scripts are folded, and keep whatever these rules do not take for an English ending.
 */
export function stemsOf(word: string): readonly string[] {
  const known = stemsByWord.get(word);
  if (known !== undefined) return known;
  if (stemsByWord.size >= mostWords) stemsByWord.clear();
  const stems = split(fold(word)).map(stem);
  stemsByWord.set(word, stems);
  return stems;
}

/** Of a text, in order; the same words in it as in what is said. */
export function stemsOfText(text: string): string[] {
  return splitWords(text).flatMap(stemsOf);
}

/** Of one folded word without signs. */
export function stem(word: string): string {
  const irregular = irregularForms.get(word);
  if (irregular !== undefined) return irregular;
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word;
  const bare = withoutEnding(word);
  return irregularForms.get(bare) ?? withoutSilentE(withoutDoubledL(bare));
}

/** A language has few hundred thousand forms; a day of calls has some ten thousand. */
const mostWords = 20_000;
const stemsByWord = new Map<string, readonly string[]>();

const contractions: readonly (readonly [ending: RegExp, words: string])[] = [
  [/^(?:can't|cannot)$/u, "can not"],
  [/^won't$/u, "will not"],
  [/^shan't$/u, "shall not"],
  [/n't$/u, " not"],
  [/'re$/u, " are"],
  [/'ve$/u, " have"],
  [/'ll$/u, " will"],
  [/'m$/u, " am"],
  // “is”, “has” and “us”, or “would” and “had”: nobody can tell, and no phrase hangs on it.
  [/'[sd]$/u, ""],
];

function split(folded: string): string[] {
  const spoken = folded.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, "");
  const whole = contractions.reduce((text, [ending, words]) => text.replace(ending, words), spoken);
  return whole
    .replace(/^(\p{L})-(?=\p{L})/u, "$1")
    .replaceAll("'", "")
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((part) => part !== "");
}

function withoutEnding(word: string): string {
  if (/(?:ies|ied)$/u.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|zz)es$/u.test(word)) return word.slice(0, -2);
  if (/[^suai]s$/u.test(word)) return word.slice(0, -1);
  if (word.endsWith("ing")) return verbBefore(word, word.slice(0, -3));
  if (word.endsWith("ed") && !word.endsWith("eed")) return verbBefore(word, word.slice(0, -2));
  return word;
}

function verbBefore(word: string, rest: string): string {
  if (rest.length < 3 || !/[aeiouy]/u.test(rest)) return word;
  if (/([^aeioulsz])\1$/u.test(rest)) return rest.slice(0, -1);
  return isShort(rest) ? `${rest}e` : rest;
}

/** “cancelled” and “canceled”. */
function withoutDoubledL(word: string): string {
  return word.length > 4 && word.endsWith("ll") ? word.slice(0, -1) : word;
}

/** “lease” and “leasing”; not where it tells two words apart: “note”, “not”. */
function withoutSilentE(word: string): string {
  const rest = word.slice(0, -1);
  const isSilent = word.length > 4 && word.endsWith("e") && !/[aeiou]e$/u.test(word);
  return isSilent && !isShort(rest) ? rest : word;
}

/** One syllable that ends in a single consonant after a single vowel: the e of “price” and “move” belongs to it. */
function isShort(rest: string): boolean {
  return /^[^aeiou]+[aeiouy][^aeiouywx]$/u.test(rest);
}
