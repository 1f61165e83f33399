import { seededRandom } from "../../shared/result/seeded-random.ts";
import { emotionPlaces, type EmotionWeights } from "../../shared/sentiment/emotion-weights.ts";
import { emotionNames, listedWordsOf } from "../../shared/sentiment/emotion-words.ts";
import { termsOf, type Terms } from "../../shared/sentiment/terms.ts";
import { tokensOf } from "../../shared/sentiment/tokens.ts";
import { sumOf } from "../../shared/sentiment/weights.ts";
import { sharesOf } from "./fit-classes.ts";
import { packTable, shuffle } from "./fit-table.ts";
import type { NamedText } from "./named-emotions.ts";
import { at } from "./solve.ts";

/** `shares` of the classes add up to 1. */
type Example = { terms: Terms; shares: Float64Array; weight: number };
/** Of each class: the weights of its terms, then of the words of each list, then the one that is always added. */
type Fitted = readonly Float64Array[];

const classes = [...emotionNames, "none"] as const;
const [epochs, pace, seed] = [8, 0.1, 1];
const size = emotionPlaces + emotionNames.length + 1;

/**
 * Multinomial logistic regression over n-grams and the words of the lists, by AdaGrad with a pace that falls to nothing
 * (Duchi, Hazan, Singer 2011). Texts of rare classes count for more, by the root of how rare: all classes alike would
 * read emotions into plain requests. What is shipped of an emotion is by how much it is likelier than none. The same
 * texts give the same weights.
 */
export function trainEmotions(texts: readonly NamedText[]): EmotionWeights {
  const fitted = fit(examplesOf(texts));
  const none = fitted[classes.indexOf("none")] as Float64Array;
  const emotions = emotionNames.map((emotion, k) => {
    const own = (fitted[k] as Float64Array).map((weight, place) => weight - at(none, place));
    return [
      emotion,
      {
        table: packTable({ weights: own.slice(0, emotionPlaces), base: at(own, size - 1) }),
        listed: Array.from(own.slice(emotionPlaces, -1), (weight) => Number(weight.toPrecision(7))),
      },
    ] as const;
  });
  return {
    format: 1,
    emotions: Object.fromEntries(emotions) as EmotionWeights["emotions"],
    trainedOn: `${texts.length} texts of GoEmotions (CC BY 4.0) that are not in its dev or test part`,
  };
}

function examplesOf(texts: readonly NamedText[]): Example[] {
  const all = texts.map(({ text, shows }) => ({
    terms: inputsOf(text),
    shares: Float64Array.from(classes, (one) => (shows.includes(one) ? 1 / shows.length : 0)),
  }));
  const counts = classes.map((_, k) => all.reduce((sum, { shares }) => sum + at(shares, k), 0));
  const rarityOf = (shares: Float64Array) => shares.reduce((sum, share, k) => sum + share / Math.sqrt(Math.max(1, at(counts, k))), 0); // prettier-ignore
  const mean = all.reduce((sum, { shares }) => sum + rarityOf(shares), 0) / all.length;
  return all.map((one) => ({ ...one, weight: rarityOf(one.shares) / mean }));
}

function inputsOf(text: string): Terms {
  const { indices, values } = termsOf(tokensOf(text), emotionPlaces);
  const listed = listedWordsOf(text);
  return {
    indices: Int32Array.from([...indices, ...listed.keys().map((k) => emotionPlaces + k), size - 1]),
    values: Float64Array.from([...values, ...listed, 1]),
  };
}

function fit(examples: readonly Example[]): Fitted {
  const random = seededRandom(seed);
  const weights = classes.map(() => new Float64Array(size));
  const squares = classes.map(() => new Float64Array(size).fill(1e-2));
  const order = [...examples];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const example of order) step(weights, squares, example, pace * (1 - epoch / epochs));
  }
  return weights;
}

function step(weights: Fitted, squares: Fitted, { terms, shares, weight }: Example, length: number): void {
  const guessed = sharesOf(weights.map((own) => sumOf({ weights: own, base: 0 }, terms)));
  for (const [k, own] of weights.entries()) {
    const error = weight * (at(guessed, k) - at(shares, k));
    const seen = squares[k] as Float64Array;
    terms.indices.forEach((place, index) => {
      const slope = error * at(terms.values, index);
      seen[place] = at(seen, place) + slope * slope;
      own[place] = at(own, place) - (length * slope) / Math.sqrt(at(seen, place));
    });
  }
}
