import { fold } from "../../text/fold.ts";
import { isFiller } from "../text/fillers.ts";
import { leastSpeechMs } from "./limits.ts";
import { msPerMinute, type Tally } from "./tally.ts";

/** With the last two words of the agent's current spurt, folded. */
type Fillers = { count: number; before: string; twoBefore: string };

/**
 * `fillersPerMinute` = the agent's filler words ("um", "you know"; shared/coaching/text/fillers.ts) ÷ minutes in which
 * they speak (per minute), from 5 s of speech on. Ours: nobody publishes theirs.
 */
export const fillerWords: Tally<Fillers> = {
  start: { count: 0, before: "", twoBefore: "" },
  step: (fillers, { beat: { word, begins } }) => {
    if (word.speaker !== "agent") return fillers;
    const [folded, before, twoBefore] = [fold(word.text), begins ? "" : fillers.before, begins ? "" : fillers.twoBefore]; // prettier-ignore
    const count = fillers.count + (isFiller(folded, before, twoBefore) ? 1 : 0);
    return { count, before: folded, twoBefore: before };
  },
  read: ({ count }, { agentMs }) =>
    agentMs >= leastSpeechMs ? { fillersPerMinute: count / (agentMs / msPerMinute) } : {},
};
