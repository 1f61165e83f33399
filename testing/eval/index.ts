import { assistant } from "./assistant/index.ts";
import { dialogue } from "./dialogue.ts";
import type { Evaluation } from "./evaluation.ts";
import { leads } from "./leads.ts";
import { sentiment } from "./sentiment.ts";

export const evaluations: readonly Evaluation[] = [leads, sentiment, dialogue, assistant];
