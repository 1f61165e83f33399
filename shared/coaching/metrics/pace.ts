import { breathMs, leastSpeechMs } from "./limits.ts";
import { msPerMinute, type Tally } from "./tally.ts";
import type { SpokenWord } from "../text/words.ts";

type Pace = { words: number; overMs: number; endMs: number };
type Paces = { agent: Pace; customer: Pace };

const none: Pace = { words: 0, overMs: 0, endMs: -Infinity };

/**
 * `paceWpm` (agent), `customerPaceWpm` = words of a side ÷ minutes from word to word, pauses of up to 1 s counted and
 * longer ones left out (words a minute); from 5 s of these on. Waiting makes nobody slow, and breathing nobody fast. Ours:
 * over the whole call, as some vendors have it, it measures silence.
 */
export const pace: Tally<Paces> = {
  start: { agent: none, customer: none },
  step: (paces, { beat: { word } }) => ({ ...paces, [word.speaker]: goOn(paces[word.speaker], word) }),
  read: ({ agent, customer }) => ({
    ...(agent.overMs >= leastSpeechMs && { paceWpm: agent.words / (agent.overMs / msPerMinute) }),
    ...(customer.overMs >= leastSpeechMs && {
      customerPaceWpm: customer.words / (customer.overMs / msPerMinute),
    }),
  }),
};

function goOn({ words, overMs, endMs }: Pace, word: SpokenWord): Pace {
  const fromMs = word.startMs - endMs <= breathMs ? endMs : word.startMs;
  return { words: words + 1, overMs: overMs + Math.max(0, word.endMs - fromMs), endMs: Math.max(endMs, word.endMs) }; // prettier-ignore
}
