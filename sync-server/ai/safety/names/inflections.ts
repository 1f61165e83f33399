import { anySpellingOf } from "./spellings.ts";

/** How a Russian name is declined, by how it ends: what takes the place of the ending. The longest that fits counts. */
const declensions: readonly (readonly [ending: string, forms: string])[] = [
  ["ий", "ий ого его ому ему им ом ем ия ию ии ие их ими"],
  ["ый", "ый ого ому ым ом ые ых ыми"],
  ["ой", "ой ого ому ым ом ые ых ыми"],
  ["ая", "ая ой ую ою ые ых ыми"],
  ["яя", "яя ей юю ею"],
  ["ия", "ия ии ию ией иею"],
  ["а", "а ы и е у ой ою ей ых ыми"],
  ["я", "я и е ю ей ею"],
  ["й", "й я ю ем е и ев ям ями ях"],
  ["ь", "ь я ю ем е и ью"],
];
const ofConsonants = "а у ом ем е ым ы и ых ыми ам ами ах ов";
const shortest = 4;

/** A pattern of all forms in which a name stands in a text: Russian ones declined, others in each spelling alone. */
export function anyFormOf(word: string): string {
  if (!isDeclined(word)) return anySpellingOf(word);
  const small = word.toLowerCase();
  const [ending, forms] = declensions.find(([end]) => small.endsWith(end)) ?? ["", ofConsonants];
  const stem = word.slice(0, word.length - ending.length);
  const any = formsOf(stem, forms, ending === "");
  // "Павел", "Павла": a vowel before the last consonant leaves.
  const [, before = "", last = ""] = /^(\p{L}{2,})[еёо]([^аеёиоуыэюяйьъ])$/iu.exec(word) ?? [];
  return last === "" ? any : `(?:${any}|${formsOf(before + last, forms, false)})`;
}

/** Whether it may stand in another form than its own. */
export function isDeclined(word: string): boolean {
  return word.length >= shortest && /^\p{Script=Cyrillic}+$/u.test(word) && !/[оеёиуыэюіїє]$/iu.test(word);
}

function formsOf(stem: string, forms: string, alsoBare: boolean): string {
  return `${anySpellingOf(stem)}(?:${forms.replaceAll(" ", "|")})${alsoBare ? "?" : ""}`;
}
