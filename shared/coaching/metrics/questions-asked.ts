import type { Tally } from "./tally.ts";

/**
 * `questionsAsked` = questions that the agent asks (count), by the rules of shared/coaching/text/questions.ts. Ours: nobody
 * publishes theirs.
 */
export const questionsAsked: Tally<number> = {
  start: 0,
  step: (count, { asks, beat }) => (asks && beat.word.speaker === "agent" ? count + 1 : count),
  read: (count) => ({ questionsAsked: count }),
};
