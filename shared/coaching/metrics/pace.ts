import { leastSpeechMs } from "./limits.ts";
import { msPerMinute, type Tally } from "./tally.ts";

type Words = { agent: number; customer: number };

/**
 * `paceWpm` (agent), `customerPaceWpm` = words of a side ÷ minutes in which it speaks (its `agentMs`, `customerMs`),
 * from 5 s of speech on: pauses between sentences slow nobody down.
 */
export const pace: Tally<Words> = {
  start: { agent: 0, customer: 0 },
  step: (words, { beat: { word } }) => ({ ...words, [word.speaker]: words[word.speaker] + 1 }),
  read: ({ agent, customer }, { agentMs, customerMs }) => ({
    ...(agentMs >= leastSpeechMs && { paceWpm: agent / (agentMs / msPerMinute) }),
    ...(customerMs >= leastSpeechMs && { customerPaceWpm: customer / (customerMs / msPerMinute) }),
  }),
};
