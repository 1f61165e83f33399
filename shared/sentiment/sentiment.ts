import { blendOf } from "./blend.ts";
import { termsOfText } from "./terms.ts";
import { shippedWeights, type Weights } from "./weights.ts";

export type Sentiment = "very-negative" | "negative" | "neutral" | "positive" | "very-positive";

export type Rated = {
  /** As people would rate the text, -4 to 4. */
  rating: number;
  sentiment: Sentiment;
};

/** Of a longer text the beginning is read: time stays bounded, whoever sent it. */
const longest = 20_000;

/**
 * How glad or cross an English text is. A trained model (tools/train-sentiment.ts; docs/evaluation.md has its figures
 * and where it does not hold): n-grams learned from texts that people rated, blended with the VADER lexicon. A text
 * without any word is neutral.
 */
export function rateText(text: string, weights: Weights = shippedWeights()): Rated {
  const read = text.slice(0, longest);
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}:;=<]/u.test(read)) return { rating: 0, sentiment: "neutral" };
  const terms = blendOf(read, wordsRating(read, weights));
  const rating = Math.max(-4, Math.min(4, dot(terms, weights.blend)));
  return { rating, sentiment: nameOf(terms, rating, weights) };
}

function nameOf(terms: readonly number[], rating: number, { classes, very }: Weights): Sentiment {
  const [negative = 0, neutral = 0, positive = 0] = classes.map((own) => dot(terms, own));
  if (neutral >= negative && neutral >= positive) return "neutral";
  if (negative > positive) return rating < very[0] ? "very-negative" : "negative";
  return rating > very[1] ? "very-positive" : "positive";
}

function dot(terms: readonly number[], weights: readonly number[]): number {
  return terms.reduce((sum, term, index) => sum + term * (weights[index] ?? 0), 0);
}

function wordsRating(text: string, { table, base }: Weights): number {
  const { indices, values } = termsOfText(text);
  let sum = 0;
  for (let at = 0; at < indices.length; at += 1) sum += (table[indices[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return base + sum;
}
