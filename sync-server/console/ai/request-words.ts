import { formatCount } from "../../../renderer/ui/format/numbers.ts";
import { formatDuration } from "../../../renderer/ui/format/times.ts";
import type { z } from "zod";
import type { AiRequestLine, RequestOutcome } from "../../admin/ai/wire.ts";
import type { DayFilter } from "../parts/day-filter.ts";
import { choicesOf, sayOutcome } from "./words.ts";

export type RequestFilter = DayFilter & Readonly<Record<"userId" | "feature" | "outcome", string | null>>;
export const noFilter: RequestFilter = {
  userId: null,
  feature: null,
  outcome: null,
  fromDay: null,
  toDay: null,
};

const outcomeChoices: Record<z.infer<typeof RequestOutcome>, string> = {
  answered: "A model answered",
  cache: "From the cache",
  rules: "Rules answered",
  limited: "A limit was reached",
  failed: "A model failed",
  "under-way": "Under way",
  lost: "Lost with its server",
};
export const outcomes = choicesOf(outcomeChoices);

/** Why rules answered where models are set up. */
const insteadWords: Record<string, string> = {
  unavailable: "no model was reached",
  "timed-out": "too slow",
  refused: "the model refused",
  invalid: "the answer did not hold",
  limited: "a limit was reached",
  "too-long": "too long",
  "no-access": "key not taken",
};

/** What came of it, in two or three words. */
export function sayResult({ source, outcome, instead }: AiRequestLine): string {
  if (outcome === null) return "Under way";
  if (source === "cache") return "From the cache";
  if (source === "model") return sayOutcome(outcome);
  return instead === null ? "Rules" : `Rules: ${insteadWords[instead] ?? instead}`;
}

/** Whether somebody wanted a model and got none. */
export function isTrouble({ source, outcome, instead }: AiRequestLine): boolean {
  return instead !== null || (source === "model" && outcome !== null && outcome !== "answered");
}

/**
 * Tokens taken in and given out, how long somebody was listened to, or what was drawn, with its tokens where the
 * provider counts them; empty where nothing was used.
 */
export function sayUse({ inputTokens, outputTokens, soundMs, pictures }: AiRequestLine): string {
  if (pictures > 0) {
    const drawn = pictures === 1 ? "1 picture" : `${formatCount(pictures)} pictures`;
    return outputTokens === 0 ? drawn : `${drawn}, ${formatCount(outputTokens)} out`;
  }
  if (soundMs > 0) return `${formatDuration(soundMs / 1_000)} of sound`;
  if (inputTokens + outputTokens === 0) return "";
  return `${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`;
}

export function sayHidden(hidden: number | null): string {
  if (hidden === null) return "Nothing: names are needed, or no words were asked for";
  if (hidden === 0) return "Nothing was to hide";
  return hidden === 1
    ? "1 name, number or e-mail address"
    : `${formatCount(hidden)} names, numbers and e-mail addresses`;
}

/** "1.2 s"; of what went on as long as somebody spoke, nothing. */
export function sayTime(ms: number | null): string {
  if (ms === null) return "";
  return ms < 1_000 ? `${formatCount(ms)} ms` : `${formatCount(Math.round(ms / 100) / 10)} s`;
}
