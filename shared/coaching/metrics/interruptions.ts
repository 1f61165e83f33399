import type { Speaker } from "../utterance.ts";
import { interruptionMs } from "./limits.ts";
import { divide, type Step, type Tally } from "./tally.ts";
import { otherOf, type Voices } from "./voices.ts";

/** A turn taken amid the other's spurt, by the starts of both; whether they talk at once for long enough is open. */
type Attempt = { ownMs: number; amidMs: number };

type Interruptions = Record<Speaker, { count: number; open: Attempt | null }>;

const none = { count: 0, open: null };

/**
 * `interruptionsByAgent`, `interruptionsByCustomer` = turns that a side takes by a spurt that begins 200 ms or more
 * after the start of the other's and shares 300 ms or more with it, neither being nothing but backchannels (count).
 * `interruptionRate` = both together ÷ turns.
 */
export const interruptions: Tally<Interruptions> = {
  start: { agent: none, customer: none },
  step: (before, step) => judge(judge(attempt(before, step), "agent", step), "customer", step),
  read: ({ agent, customer }, { turns }) => {
    const rate = divide(agent.count + customer.count, turns);
    return {
      interruptionsByAgent: agent.count,
      interruptionsByCustomer: customer.count,
      ...(rate !== undefined && { interruptionRate: rate }),
    };
  },
};

function attempt(before: Interruptions, { beat, turns }: Step): Interruptions {
  const { amidMs, startMs } = beat.own;
  if (turns.taken?.byNewSpurt !== true || amidMs === null) return before;
  const by = beat.word.speaker;
  return { ...before, [by]: { ...before[by], open: { ownMs: startMs, amidMs } } };
}

function judge(before: Interruptions, by: Speaker, { voices }: Step): Interruptions {
  const { count, open } = before[by];
  if (open === null) return before;
  const sharedMs = sharedOf(open, by, voices);
  if (sharedMs === null) return { ...before, [by]: { count, open: null } };
  return sharedMs < interruptionMs ? before : { ...before, [by]: { count: count + 1, open: null } };
}

/** What the two spurts share so far; null = one of them is over, so that nothing will be added. */
function sharedOf({ ownMs, amidMs }: Attempt, by: Speaker, voices: Voices): number | null {
  const [own, other] = [voices[by], voices[otherOf(by)]];
  if (own?.startMs !== ownMs || other?.startMs !== amidMs) return null;
  return other.listening === null ? Math.min(own.endMs, other.endMs) - ownMs : 0;
}
