import { advice } from "./advice/index.ts";
import { assistant } from "./assistant/index.ts";
import { listings } from "./assistant/listings.ts";
import { coaching } from "./coaching/index.ts";
import { dialogue } from "./dialogue.ts";
import type { Evaluation } from "./evaluation.ts";
import { handOff } from "./hand-off/index.ts";
import { suggestions } from "./hand-off/suggestions.ts";
import { leads } from "./leads.ts";
import { levels } from "./levels.ts";
import { matching } from "./matching/index.ts";
import { namedEmotions } from "./moods/emotions.ts";
import { moods } from "./moods/index.ts";
import { safety } from "./safety/index.ts";
import { sentiment } from "./sentiment.ts";

export const evaluations: readonly Evaluation[] = [
  ...[leads, levels, sentiment, dialogue, moods, namedEmotions],
  ...[assistant, listings, coaching, matching, handOff, suggestions, advice, safety],
];
