import { blendOf, type Learned } from "../../shared/sentiment/blend.ts";
import { hash, termsOf, type Terms } from "../../shared/sentiment/terms.ts";
import { tokensOf } from "../../shared/sentiment/tokens.ts";
import { sumOf, type SentimentWeights } from "../../shared/sentiment/weights.ts";
import { moodsOf, shippedMoods, type MoodOfWord } from "../../shared/sentiment/word-moods.ts";
import { classOf } from "./classes.ts";
import { fitClasses, type Judged } from "./fit-classes.ts";
import { fitTable, packTable, type FittedTable } from "./fit-table.ts";
import { importance, type RatedText } from "./rated-texts.ts";
import { addScaled, addSquare, at, diagonalMatrix, dot, solve } from "./solve.ts";

type Aim = { of: (text: RatedText) => number; pace: number };
type Example = RatedText & { terms: Terms; moods: Pick<Learned, "mood" | "neutral"> };

const [folds, ridge] = [5, 2];
/** Further from 0 than this is as far from neutral as can be. */
const strongest = 2;
/** The two tables: what the terms of a text are to add up to, and how quickly it is learned (by cross-validation). */
const aims: Record<"rating" | "strength", Aim> = {
  rating: { of: ({ rating }) => rating, pace: 0.08 },
  strength: { of: ({ rating }) => Math.min(strongest, Math.abs(rating)), pace: 0.04 },
};
/** Where people mean "very". */
const veryFrom = 2;
/** Of each class of each set, in texts. */
const classWeight = 1_000 / 3;

/**
 * Two steps: how glad and how far from neutral by n-grams (linear, least squares), then a small blend of that with what
 * common words are known for and with the lexicon. The blend learns from what the n-grams said of texts that they were
 * not trained on, or it would trust them too much. The words' moods were learned from all of them: three hundred numbers
 * from so many texts know none by heart. The same texts give the same weights.
 * @param texts of which none is used that `isTest`
 */
export function trainSentiment(
  texts: readonly RatedText[],
  moodOfWord: MoodOfWord = shippedMoods(),
): SentimentWeights {
  const examples = texts.filter(({ isTest }) => !isTest).map((text) => exampleOf(text, moodOfWord));
  const [ratings, strengths] = [blindly(examples, aims.rating), blindly(examples, aims.strength)];
  const rows = examples.map(({ text, moods }, index) =>
    Float64Array.from(blendOf(text, { words: at(ratings, index), strength: at(strengths, index), ...moods })),
  );
  const blend = fitBlend(rows, examples);
  const blended = rows.map((row) => dot(row, blend));
  return {
    format: 2,
    rating: packTable(learn(examples, aims.rating)),
    strength: packTable(learn(examples, aims.strength)),
    blend: Array.from(blend, shortly),
    classes: fitClasses(weigh(rows, examples)).map((own) => Array.from(own, shortly)),
    very: veryOf(blended, examples),
    trainedOn: `${examples.length} texts of shared/data/sentiment that are not in its test part`,
  };
}

function exampleOf(text: RatedText, moodOfWord: MoodOfWord): Example {
  const tokens = tokensOf(text.text);
  return { ...text, terms: termsOf(tokens), moods: moodsOf(tokens, moodOfWord) };
}

/** What the words say of each example, learned from the other folds. */
function blindly(examples: readonly Example[], aim: Aim): number[] {
  const foldOf = ({ source }: Example) => hash(`fold ${source}`) % folds;
  const byFold = Array.from({ length: folds }, (_, fold) =>
    learn(
      examples.filter((example) => foldOf(example) !== fold),
      aim,
    ),
  );
  return examples.map((example) => sumOf(byFold[foldOf(example)] as FittedTable, example.terms));
}

function learn(examples: readonly Example[], aim: Aim): FittedTable {
  return fitTable(
    examples.map((example) => ({ terms: example.terms, aim: aim.of(example) })),
    aim.pace,
  );
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

function shortly(weight: number): number {
  return Number(weight.toPrecision(7));
}
