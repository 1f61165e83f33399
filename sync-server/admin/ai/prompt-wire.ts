import { z } from "zod";

// What the console's page of prompts asks and hears: data only, so that a browser may import it.

export const AiPrompt = z.strictObject({
  ...{ name: z.string(), version: z.int(), text: z.string() },
  /** How it is tried: as its task asks, with a sample of what that tells. Null: it asks for a picture, or nobody uses it. */
  trial: z
    .strictObject({
      /** JSON to begin with. */
      data: z.string(),
      /** What somebody says that the prompt answers; null = it answers nobody. */
      said: z.string().nullable(),
      /** Whether an answer has a form: data, not prose. */
      hasForm: z.boolean(),
      maxOutputTokens: z.int(),
      timeoutMs: z.int(),
    })
    .nullable(),
});
export const AiPrompts = z.strictObject({ prompts: z.array(AiPrompt) });
export const TryPrompt = z.strictObject({
  name: z.string().max(120),
  version: z.int(),
  data: z.string().max(100_000),
  said: z.string().max(4_000).default(""),
});
export const TriedPrompt = z.strictObject({
  text: z.string(),
  by: z.enum(["rules", "model"]),
  model: z.string(),
  /** What kept a model from it, or from its end. */
  trouble: z.string().nullable(),
});
