import { seededRandom } from "../../shared/result/seeded-random.ts";
import { blendOf } from "../../shared/sentiment/blend.ts";
import { hash, tableSize, termsOfText, type Terms } from "../../shared/sentiment/terms.ts";
import { letterOf, mostSteps, type SentimentWeights } from "../../shared/sentiment/weights.ts";
import { classOf } from "./classes.ts";
import { fitClasses, type Judged } from "./fit-classes.ts";
import type { RatedText } from "./rated-texts.ts";
import { addScaled, addSquare, at, diagonalMatrix, dot, solve } from "./solve.ts";

type Example = RatedText & { terms: Terms };
type Words = { table: Float64Array; base: number };

const [epochs, pace, folds, seed, ridge] = [12, 0.15, 5, 1, 2];
/** Films and editorials are many, and not what is written to a call centre. */
const importance = { tweets: 1, "product reviews": 1, "film reviews": 0.5, editorials: 0.5 };
/** Where people mean "very". */
const veryFrom = 2;
/** Of each class of each set, in texts. */
const classWeight = 1_000 / 3;

/**
 * Two steps: ratings by words (linear in n-grams, least squares), then a small blend of that with the lexicon. The
 * blend learns from what the words said of texts that they were not trained on, or it would trust them too much.
 * The same texts give the same weights.
 * @param texts of which none is used that `isTest`
 */
export function trainSentiment(texts: readonly RatedText[]): SentimentWeights {
  const examples = texts
    .filter(({ isTest }) => !isTest)
    .map((text): Example => ({ ...text, terms: termsOfText(text.text) }));
  const rows = blindRatings(examples).map((words, index) =>
    Float64Array.from(blendOf(examples[index]?.text ?? "", words)),
  );
  const blend = fitBlend(rows, examples);
  const ratings = rows.map((row) => dot(row, blend));
  return {
    ...{ format: 1, ...packed(fitWords(examples)) },
    blend: Array.from(blend, shortly),
    classes: fitClasses(weigh(rows, examples)).map((own) => Array.from(own, shortly)),
    very: veryOf(ratings, examples),
    trainedOn: `${examples.length} texts of shared/data/sentiment that are not in its test part`,
  };
}

/** What the words say of each example, learned from the other folds. */
function blindRatings(examples: readonly Example[]): number[] {
  const foldOf = ({ source }: Example) => hash(`fold ${source}`) % folds;
  const byFold = Array.from({ length: folds }, (_, fold) =>
    fitWords(examples.filter((example) => foldOf(example) !== fold)),
  );
  return examples.map((example) => rate(byFold[foldOf(example)] as Words, example.terms));
}

/** AdaGrad on squared error, `pace` falling to nothing (Duchi, Hazan, Singer 2011). */
function fitWords(examples: readonly Example[]): Words {
  const random = seededRandom(seed);
  const words: Words = { table: new Float64Array(tableSize), base: 0 };
  const squares = new Float64Array(tableSize + 1).fill(1e-2);
  const order = [...examples];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    for (const example of order) step(words, squares, example, pace * (1 - epoch / epochs));
  }
  return words;
}

function step(words: Words, squares: Float64Array, { terms, rating }: Example, length: number): void {
  const error = rate(words, terms) - rating;
  const changeOf = (place: number, slope: number) => {
    squares[place] = at(squares, place) + slope * slope;
    return (length * slope) / Math.sqrt(at(squares, place));
  };
  terms.indices.forEach((place, index) => {
    words.table[place] = at(words.table, place) - changeOf(place, error * at(terms.values, index));
  });
  words.base -= changeOf(tableSize, error);
}

function rate({ table, base }: Words, { indices, values }: Terms): number {
  return indices.reduce((sum, place, index) => sum + at(table, place) * at(values, index), base);
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let place = items.length - 1; place > 0; place -= 1) {
    const other = Math.floor(random() * (place + 1));
    [items[place], items[other]] = [items[other] as T, items[place] as T];
  }
}

/** Weighted least squares with a ridge. */
function fitBlend(rows: readonly Float64Array[], examples: readonly Example[]): Float64Array {
  const size = rows[0]?.length ?? 0;
  const matrix = diagonalMatrix(size, ridge);
  const target = new Float64Array(size);
  rows.forEach((row, index) => {
    const { set, rating } = examples[index] as Example;
    addSquare(matrix, row, importance[set]);
    addScaled(target, row, importance[set] * rating);
  });
  return solve(matrix, target);
}

/** Every set counts alike, and in each set every class: what macro-F1 asks for. */
function weigh(rows: readonly Float64Array[], examples: readonly Example[]): Judged[] {
  const keyOf = ({ set, rating }: Example) => `${set} ${classOf(rating)}`;
  const counts = new Map<string, number>();
  for (const example of examples) counts.set(keyOf(example), (counts.get(keyOf(example)) ?? 0) + 1);
  return rows.map((row, index) => {
    const example = examples[index] as Example;
    return { row, truth: classOf(example.rating), weight: classWeight / (counts.get(keyOf(example)) ?? 1) };
  });
}

/** Ratings beyond which as many texts lie as people called very negative or very positive. */
function veryOf(ratings: readonly number[], examples: readonly Example[]): SentimentWeights["very"] {
  const share = (of: (rating: number) => boolean) =>
    examples.filter(({ rating }) => of(rating)).length / examples.length;
  const sorted = ratings.toSorted((a, b) => a - b);
  const quantile = (part: number) => shortly(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  return [
    quantile(share((rating) => rating < -veryFrom)),
    quantile(1 - share((rating) => rating > veryFrom)),
  ];
}

function packed({ table, base }: Words): Pick<SentimentWeights, "table" | "step" | "base"> {
  const largest = table.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const unit = shortly(largest / mostSteps ** 2);
  const letters = Array.from(table, (weight) => letterOf(weight, unit));
  return { table: letters.join(""), step: unit, base: shortly(base) };
}

function shortly(weight: number): number {
  return Number(weight.toPrecision(7));
}
