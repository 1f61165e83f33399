import type { z } from "zod";
import type { AiModel } from "../../admin/ai/wire.ts";
import type { Plan } from "../../admin/wire.ts";
import { choicesOf } from "./words.ts";

export const planWords: Record<z.infer<typeof Plan>, string> = {
  receptionist: "AI Receptionist",
  sales: "AI Sales Assistant",
  suite: "AI Business Suite",
  enterprise: "AI Enterprise",
};
export const plans = choicesOf(planWords);

export const termWords: Record<AiModel["terms"], string> = {
  paid: "Paid by use",
  free: "Free",
  trial: "Free trial",
};
export const terms = choicesOf(termWords);
