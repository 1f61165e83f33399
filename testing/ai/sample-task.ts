import { z } from "zod";
import type { AiTask, AiTextTask, TaskTraits } from "../../sync-server/ai/index.ts";

/** Of a question that may be asked of a model. */
export const sampleTraits: TaskTraits = {
  // Any prompt that there is: what it says is not what is tested.
  ...{
    name: "coaching.card",
    promptVersion: 1,
    feature: "coaching",
    difficulty: "hard",
    priority: "waiting",
  },
  ...{ personalData: "needed", sameForMs: 0, maxOutputTokens: 100, timeoutMs: 10_000 },
};

/** One that is answered by a title. */
export function titleTask(traits: TaskTraits): AiTask<null, { title: string }> {
  return {
    ...traits,
    schema: z.strictObject({ title: z.string() }),
    dataOf: () => ({}),
    byRules: () => ({ title: "by rules" }),
  };
}

/** One that is answered in prose. */
export function proseTask(traits: TaskTraits): AiTextTask<null> {
  return { ...traits, dataOf: () => ({}), byRules: () => "by rules" };
}
