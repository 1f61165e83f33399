import type { AnswerOrigin } from "../../../shared/assistant/server-wire.ts";

/** This device's own rules answered. */
export const ruledHere: AnswerOrigin = { requestId: "", by: "rules", model: "", instead: null };

/** What kept a model from it, in words; empty = none was kept. */
export function whyOf({ instead }: Pick<AnswerOrigin, "instead">): string {
  return instead?.message ?? "";
}
