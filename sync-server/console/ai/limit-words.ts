import type { AiLimit } from "../../admin/ai/wire.ts";
import { planWords } from "./offer-words.ts";
import { featureWords, measureWords, periodWords, sayAmount } from "./words.ts";

/** What a limit is about, in a line. */
export function describeLimit(
  { per, feature, modelId, userName, plan }: AiLimit,
  nameOf: { model(id: string): string },
): string {
  const who = { organisation: "Everybody together", each: "Each person", person: userName ?? "Somebody who is gone" }; // prettier-ignore
  const what = [plan && planWords[plan], feature && featureWords[feature], modelId && nameOf.model(modelId)];
  return [who[per], ...what].filter(Boolean).join(", ");
}

/** "$50.00 a month", "1 request a day". */
export function sayLimit({ most, measure, period }: AiLimit): string {
  const amount = sayAmount(most, measure);
  const several = measureWords[measure].toLowerCase();
  const what = amount === "1" ? several.replace(/s$/u, "") : several;
  return [amount, ...(measure === "money" ? [] : [what]), "a", periodWords[period].toLowerCase()].join(" ");
}
