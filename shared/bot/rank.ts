import { fold } from "../text/fold.ts";
import type { Known } from "./bot.ts";

export type Ranked = {
  known: Known;
  /** Share of the question's weight that it covers, 0 to 1. */ score: number;
};

/** A subject says better what something is about than its text does. */
const textWeight = 0.7;

const stopWords = new Set(
  "a an and any are as at be can could do does did for from get give had has have hello hey hi how i if in is it its just me my of on or our please so tell thank thanks that the their them there they this to us was we what when where which who why will with would you your about know want like need der die das und ist ein eine wie was wo ich sie le la les des est un une et que qui el los las una es de en y".split(
    " ",
  ),
);

/**
 * What a bot knows, the most fitting first; what shares no word is left out. A word counts the more the fewer things
 * it is said of. Works for every script: where words are not spaced, pairs of signs stand for them.
 */
export function rankKnown(knows: readonly Known[], said: string): Ranked[] {
  const asked = [...new Set(wordsOf(said))];
  const sides = knows.map(({ about, text }) => ({
    about: new Set(wordsOf(about)),
    text: new Set(wordsOf(text)),
  }));
  const weights = new Map(asked.map((word) => [word, rarity(word, sides)]));
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return [];
  const scoreOf = ({ about, text }: (typeof sides)[number]): number =>
    asked.reduce(
      (sum, word) => sum + (weights.get(word) ?? 0) * (about.has(word) ? 1 : text.has(word) ? textWeight : 0),
      0,
    ) / total;
  return knows
    .map((known, at) => ({ known, score: scoreOf(sides[at] ?? { about: new Set(), text: new Set() }) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** A word that stands nowhere here says less: people say how many they are, and for when. */
const unknownWeight = 0.5;

function rarity(word: string, sides: readonly { about: Set<string>; text: Set<string> }[]): number {
  const holding = sides.filter(({ about, text }) => about.has(word) || text.has(word)).length;
  return Math.log(1 + (sides.length + 1) / (holding + 1)) * (holding === 0 ? unknownWeight : 1);
}

const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Words that say something, one form for each. */
export function wordsOf(text: string): string[] {
  const pieces = fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return pieces.flatMap((piece) => (unspaced.test(piece) ? pairsOf(piece) : stopWords.has(piece) ? [] : [stemOf(piece)])); // prettier-ignore
}

function pairsOf(piece: string): string[] {
  const signs = [...piece];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => (signs[at] ?? "") + sign);
}

/** "parking", "parked" and "parks" are one word here. English endings; other languages keep their words as they are. */
function stemOf(word: string): string {
  if (!/^[a-z]{5,}$/u.test(word))
    return word.length > 3 && /^[a-z]+[^s]s$/u.test(word) ? word.slice(0, -1) : word;
  return word.replace(/(?:ings?|edly|ed|ies|es|s|ly)$/u, "").replace(/(?<=.{3})[ey]$/u, "");
}
