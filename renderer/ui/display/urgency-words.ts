import type { Urgency } from "../../../shared/sentiment/urgency.ts";

/** How soon somebody asked for an answer, as it is said everywhere; nothing where they did not. */
export const urgencyWords: Readonly<Record<Urgency["level"], string>> = {
  none: "",
  some: "soon",
  high: "urgent",
};
