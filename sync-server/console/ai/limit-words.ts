import type { AiLimit } from "../../admin/ai/wire.ts";
import { planWords } from "./offer-words.ts";
import { featureWords } from "./words.ts";

/** What a limit is about, in a line. */
export function describeLimit(
  { per, feature, modelId, userName, plan }: AiLimit,
  nameOf: { model(id: string): string },
): string {
  const who = { organisation: "Everybody together", each: "Each person", person: userName ?? "Somebody who is gone" }; // prettier-ignore
  const what = [plan && planWords[plan], feature && featureWords[feature], modelId && nameOf.model(modelId)];
  return [who[per], ...what].filter(Boolean).join(", ");
}
