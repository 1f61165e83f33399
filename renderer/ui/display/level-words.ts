import type { LeadLevel } from "../../../shared/scoring/lead/levels.ts";

export const levelWords: Readonly<Record<LeadLevel, string>> = {
  hot: "Hot",
  warm: "Warm",
  cold: "Cold",
  nurture: "Nurture",
  inactive: "Inactive",
};
