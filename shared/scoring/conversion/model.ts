import { z } from "zod";
import { Feature } from "./features.ts";

/** How a model did on contacts that it was asked about before it knew what they came to. */
export const ModelFigures = z.strictObject({
  /** Contacts that were predicted first and learned from afterwards. */
  predicted: z.int().min(0),
  /** Area under the ROC curve, 0.5 = a coin; null = nothing or everything converted. */
  auc: z.number().min(0).max(1).nullable(),
  /** Expected calibration error over ten equal bins, 0 to 1. */
  ece: z.number().min(0).max(1).nullable(),
});
export type ModelFigures = z.infer<typeof ModelFigures>;

/**
 * What was learned of who converts: a logistic model whose weights are known up to a covariance, so that it says how
 * sure it is and leans on its prior where it has seen little.
 */
export const ConversionModel = z
  .strictObject({
    format: z.literal(1),
    /** Counts up with each training of a tenant. */
    version: z.int().min(1),
    trainedAt: z.iso.datetime(),
    /** Contacts learned from, and how many of them converted. */
    contacts: z.int().min(0),
    converted: z.int().min(0),
    features: z.array(Feature).max(60),
    /** Terms by key, the base first; `mean` is a term's weight in log-odds. */
    terms: z.array(z.string().max(130)).min(1).max(300),
    mean: z.array(z.number()),
    /** Lower triangle by rows: (0,0), (1,0), (1,1), (2,0) … */
    covariance: z.array(z.number()),
    /** Variance of a term that was never met. */
    unmetVariance: z.number().min(0),
    figures: ModelFigures,
  })
  .refine(
    ({ terms, mean, covariance }) =>
      mean.length === terms.length && covariance.length === (terms.length * (terms.length + 1)) / 2,
    "every term has a weight and a variance",
  );
export type ConversionModel = z.infer<typeof ConversionModel>;
