import { z } from "zod";

// Words that gateway, console and desk share.

/** Whose wire form is spoken; `rules` is Ringside itself, which needs no key and costs nothing. */
export const ProviderKind = z.enum(["openai", "anthropic", "azure", "compatible", "rules"]);
export type ProviderKind = z.infer<typeof ProviderKind>;

/** What a person uses: models are offered, limited and paid for by it. */
export const AiFeature = z.enum([
  "transcript",
  "coaching",
  "meaning",
  "writing",
  "listing",
  "deal-insight",
  "matching",
  "sentiment",
  "recommendation",
  "chat",
  "assistant",
  "picture",
]);
export type AiFeature = z.infer<typeof AiFeature>;

/** `small` answers light tasks, and hard ones when the large one cannot. `embedding` and `picture` do only that. */
export const ModelRole = z.enum(["small", "large", "embedding", "picture"]);
export type ModelRole = z.infer<typeof ModelRole>;

/** Who offers a model: the operator to everybody, an organisation to its people, a person to themselves. */
export const ModelTier = z.enum(["system", "organisation", "personal"]);
export type ModelTier = z.infer<typeof ModelTier>;

/**
 * Why a model's words are missing. `limited`: a budget, a quota or a rate of ours is used up. `too-long`: it fits no
 * model that is offered. `no-access`: the key is not taken any more.
 */
export const AiFailureCode = z.enum([
  "unavailable",
  "timed-out",
  "refused",
  "invalid",
  "limited",
  "too-long",
  "no-access",
]);
export type AiFailureCode = z.infer<typeof AiFailureCode>;

/** The largest picture that anybody keeps: those of today's models take one to three megabytes. */
export const mostPictureBytes = 8 * 2 ** 20;
