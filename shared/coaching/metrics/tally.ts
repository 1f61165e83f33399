import type { CallMetrics } from "./catalogue.ts";
import type { Turns } from "./turns.ts";
import type { Beat, Voices } from "./voices.ts";

/** What one more word did to the call. */
export type Step = {
  beat: Beat;
  voices: Voices;
  turns: Turns;
  /** A question begins, or is known for one, with the word. */
  asks: boolean;
};

/** What figures are divided by. */
export type Whole = { durationMs: number; agentMs: number; customerMs: number; turns: number };

/** One group of figures, kept from word to word: `step` takes constant time and never changes `state`. */
export type Tally<State> = {
  start: State;
  step(state: State, step: Step): State;
  read(state: State, whole: Whole): CallMetrics;
};

/** A figure, or nothing where there is nothing to divide by. */
export function divide(part: number, whole: number): number | undefined {
  return whole > 0 ? part / whole : undefined;
}

export const msPerMinute = 60_000;
