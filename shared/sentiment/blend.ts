import { polarityOf } from "./lexicon.ts";

/**
 * What the second step weighs: what the words of the first one say (`words`, -4 to 4), what the VADER lexicon says
 * (lexicon.ts), how the text is written, and each of these times each.
 */
export function blendOf(text: string, words: number): number[] {
  const { compound, pos, neg } = polarityOf(text);
  const length = Math.log(Math.max(1, text.trim().split(/\s+/u).length)) - 2.5;
  const casual = casualnessOf(text);
  const own = [words, compound, pos - neg, Math.abs(compound) < 0.05 ? 1 : 0, length, casual, pos + neg];
  const products = own.flatMap((one, index) => own.slice(index).map((other) => one * other));
  return [1, ...own, ...products, words * compound * casual, compound * casual * length, compound ** 3, words ** 3 / 10]; // prettier-ignore
}

/** 0 to 1: a note to friends rather than a text for readers. The lexicon was made for the former. */
function casualnessOf(text: string): number {
  const marks = text.match(/!|[:;][)(DP]|<3|[@#]\w|\b(?:lol|omg|u|im|I'm|my)\b|http/giu)?.length ?? 0;
  return Math.min(1, marks / 2);
}
