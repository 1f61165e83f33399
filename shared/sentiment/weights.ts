import { z } from "zod";
import given from "./weights.json" with { type: "json" };
import { tableSize } from "./terms.ts";

/** What `npm run train-sentiment` writes. */
export const SentimentWeights = z.strictObject({
  format: z.literal(1),
  /** A letter a place: see `letterOf`. */
  table: z.string().length(tableSize),
  step: z.number().positive(),
  base: z.number(),
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

export type Weights = Omit<SentimentWeights, "table" | "step"> & { table: Float32Array };

let shipped: Weights | null = null;

/** Those that come with Ringside; read once. */
export function shippedWeights(): Weights {
  shipped ??= readWeights(SentimentWeights.parse(given));
  return shipped;
}

/** The largest weight has so many steps; steps are square, so that small weights keep their differences. */
export const mostSteps = 45;
/** The letter of 0; all others are printable too. */
const middle = 80;

/** A weight as one letter, in square steps of `unit`. */
export function letterOf(weight: number, unit: number): string {
  const steps = Math.min(mostSteps, Math.round(Math.sqrt(Math.abs(weight) / unit)));
  return String.fromCharCode(middle + Math.sign(weight) * steps);
}

/** Weights as they are reckoned with. */
export function readWeights({ table, step, ...rest }: SentimentWeights): Weights {
  const weights = Float32Array.from(table, (letter) => {
    const steps = letter.charCodeAt(0) - middle;
    return steps * Math.abs(steps) * step;
  });
  return { ...rest, table: weights };
}
