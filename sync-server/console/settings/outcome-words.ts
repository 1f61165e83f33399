import type { Stage } from "../../../shared/entities/setting.ts";

export const outcomeWords: Record<Stage["outcome"], string> = { open: "Open", won: "Won", lost: "Lost" };

/** What a stage of that outcome means for reports and lists. */
export const outcomeMeaning: Record<Stage["outcome"], string> = {
  open: "Still being worked on.",
  won: "Ends the work; counts as a success.",
  lost: "Ends the work; counts as a loss.",
};
