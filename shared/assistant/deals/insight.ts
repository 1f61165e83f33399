import { z } from "zod";
import { line } from "../../entities/fields.ts";

/** A step becomes a task, due on its day: on one click, or by itself where a deal may slip away. */
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

/** Whoever asks about a deal that is less likely to be won than this gets its steps as tasks, and may take them back. */
export const lowProbability = 40;

/** A model that finds a deal in danger and names nothing to do leaves that to the rules: nobody would get a task. */
export function withSteps(insight: DealInsight, byRules: Pick<DealInsight, "steps">): DealInsight {
  const isIdle = insight.probability < lowProbability && insight.steps.length === 0;
  return isIdle ? { ...insight, steps: byRules.steps } : insight;
}
