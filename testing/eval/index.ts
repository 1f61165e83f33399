import { advice } from "./advice/index.ts";
import { assistant } from "./assistant/index.ts";
import { listings } from "./assistant/listings.ts";
import { dialogue } from "./dialogue.ts";
import type { Evaluation } from "./evaluation.ts";
import { handOff } from "./hand-off/index.ts";
import { leads } from "./leads.ts";
import { matching } from "./matching/index.ts";
import { moods } from "./moods/index.ts";
import { sentiment } from "./sentiment.ts";

export const evaluations: readonly Evaluation[] = [leads, sentiment, dialogue, moods, assistant, listings, matching, handOff, advice]; // prettier-ignore
