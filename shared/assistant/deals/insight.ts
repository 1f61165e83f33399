import { z } from "zod";
import { line } from "../../entities/fields.ts";

/** A step becomes a task on one click. */
export const Step = z.strictObject({ text: line.min(1), dueInDays: z.int().min(0).max(365) });
export type Step = z.infer<typeof Step>;

/** Where a deal stands, in a model's words or the rules'. */
export const DealInsight = z.strictObject({
  /** That it is won, in percent. */
  probability: z.int().min(0).max(100),
  reasoning: z.string().min(1).max(2_000),
  /** What to do now, the most useful first. */
  steps: z.array(Step).max(3),
  risks: z.array(line.min(1)).max(4),
});
export type DealInsight = z.infer<typeof DealInsight>;

/** Below that the desk offers tasks by itself. */
export const lowProbability = 40;
