import { z } from "zod";
import given from "./weights.json" with { type: "json" };
import { weightOf } from "./letters.ts";
import { tableSize, type Terms } from "./terms.ts";

/** A table of weights as it is shipped. */
export function packedTable(places: number) {
  return z.strictObject({
    /** A letter a place: see `letterOf`. */
    letters: z.string().length(places),
    step: z.number().positive(),
    base: z.number(),
  });
}

/** What `npm run train-sentiment` writes. */
export const SentimentWeights = z.strictObject({
  format: z.literal(2),
  /** How glad or cross, -4 to 4. */
  rating: packedTable(tableSize),
  /** How far from neutral, 0 to 2, whichever way. */
  strength: packedTable(tableSize),
  /** The rating, by place in `blendOf`. */
  blend: z.array(z.number()),
  /** Negative, neutral, positive: the largest sum is the class. By place in `blendOf`. */
  classes: z.array(z.array(z.number())).length(3),
  /** Ratings below and above which a text is very negative or very positive. */
  very: z.tuple([z.number(), z.number()]),
  /** How the training was done, for whoever reads the file. */
  trainedOn: z.string(),
});
export type SentimentWeights = z.infer<typeof SentimentWeights>;
export type PackedTable = z.infer<ReturnType<typeof packedTable>>;
/** Weights of terms, by their places. */
export type Table = { weights: ArrayLike<number>; base: number };
export type Weights = Pick<SentimentWeights, "blend" | "classes" | "very"> & {
  rating: Table;
  strength: Table;
};

let shipped: Weights | null = null;

/** Those that come with Ringside; read once. */
export function shippedWeights(): Weights {
  shipped ??= readWeights(SentimentWeights.parse(given));
  return shipped;
}

/** What a table says of a text. */
export function sumOf({ weights, base }: Table, { indices, values }: Terms): number {
  let sum = base;
  for (let at = 0; at < indices.length; at += 1) sum += (weights[indices[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return sum;
}

function readWeights({ rating, strength, ...rest }: SentimentWeights): Weights {
  return { ...rest, rating: unpacked(rating), strength: unpacked(strength) };
}

export function unpacked({ letters, step, base }: PackedTable): Table {
  return { weights: Float32Array.from(letters, (letter) => weightOf(letter.charCodeAt(0), step)), base };
}
