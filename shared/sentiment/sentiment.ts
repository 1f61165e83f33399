import { blendOf, type Learned } from "./blend.ts";
import { termsOf } from "./terms.ts";
import { tokensOf } from "./tokens.ts";
import { shippedWeights, sumOf, type Weights } from "./weights.ts";
import { moodsOf, shippedMoods } from "./word-moods.ts";

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
 * and where it does not hold): n-grams learned from texts that people rated, what common words are known for, and the
 * VADER lexicon, blended. A text without any word is neutral.
 */
export function rateText(text: string): Rated {
  const weights = shippedWeights();
  const read = text.slice(0, longest);
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}:;=<]/u.test(read)) return { rating: 0, sentiment: "neutral" };
  const terms = blendOf(read, learnedOf(read, weights));
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

function learnedOf(text: string, { rating, strength }: Weights): Learned {
  const tokens = tokensOf(text);
  const terms = termsOf(tokens);
  return {
    ...{ words: sumOf(rating, terms), strength: sumOf(strength, terms) },
    ...moodsOf(tokens, shippedMoods()),
  };
}
