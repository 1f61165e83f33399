import { polarityOf } from "./lexicon.ts";

/** What learned weights say of a text. */
export type Learned = {
  /** By n-grams: how glad or cross, -4 to 4, and how far from neutral, 0 to 2. */
  words: number;
  strength: number;
  /** By what its words are known for, as `moodsOf` sums it. */
  mood: number;
  neutral: number;
};

/**
 * What the second step weighs: what was learned, what the VADER lexicon says (lexicon.ts), how the text is written, and
 * each of these times each.
 */
export function blendOf(text: string, { words, strength, mood, neutral }: Learned): number[] {
  const { compound, pos, neg } = polarityOf(text);
  const length = Math.log(Math.max(1, text.trim().split(/\s+/u).length)) - 2.5;
  const casual = casualnessOf(text);
  const lexicon = [compound, pos - neg, Math.abs(compound) < 0.05 ? 1 : 0, pos + neg];
  const own = [words, strength, mood, neutral, ...lexicon, length, casual];
  const products = own.flatMap((one, index) => own.slice(index).map((other) => one * other));
  return [1, ...own, ...products, words * compound * casual, compound * casual * length, compound ** 3, words ** 3 / 10]; // prettier-ignore
}

/** 0 to 1: a note to friends rather than a text for readers. The lexicon was made for the former. */
function casualnessOf(text: string): number {
  const marks = text.match(/!|[:;][)(DP]|<3|[@#]\w|\b(?:lol|omg|u|im|I'm|my)\b|http/giu)?.length ?? 0;
  return Math.min(1, marks / 2);
}
