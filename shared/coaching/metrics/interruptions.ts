import type { Speaker } from "../utterance.ts";
import { interruptionMs } from "./limits.ts";
import { divide, type Step, type Tally } from "./tally.ts";
import { otherOf, type Spurt, type Voices } from "./voices.ts";

/** A spurt begun amid the other's: what is known of the two so far. */
type Attempt = {
  /** The starts of both. */
  ownMs: number;
  amidMs: number;
  /** It took the turn; both go on for long enough. */
  hasTurn: boolean;
  isLong: boolean;
};

type Side = { count: number; open: Attempt | null };
type Interruptions = Record<Speaker, Side>;

const none: Side = { count: 0, open: null };

/**
 * `interruptionsByAgent`, `interruptionsByCustomer` = turns that a side takes by a spurt that begins when the other's
 * is 200 ms old or more and has held more than backchannels, and that shares 300 ms or more with it (count).
 * `interruptionRate` = both together ÷ turns (share). Ours: vendors that count every overlap count how turns change
 * hands, and differ in what they divide by.
 */
export const interruptions: Tally<Interruptions> = {
  start: { agent: none, customer: none },
  step: (before, step) => {
    const { agent, customer } = attempt(before, step);
    if (agent.open === null && customer.open === null) return { agent, customer };
    return { agent: judge(agent, "agent", step.voices), customer: judge(customer, "customer", step.voices) };
  },
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
  const by = beat.word.speaker;
  const side = beat.begins ? { ...before[by], open: beginAttempt(beat.own) } : before[by];
  if (side.open === null || turns.taken?.byNewSpurt !== true) return { ...before, [by]: side };
  return { ...before, [by]: { ...side, open: { ...side.open, hasTurn: true } } };
}

function beginAttempt({ startMs, amidMs }: Spurt): Attempt | null {
  return amidMs === null ? null : { ownMs: startMs, amidMs, hasTurn: false, isLong: false };
}

function judge(side: Side, by: Speaker, voices: Voices): Side {
  if (side.open === null) return side;
  const open = compareSpurts(side.open, voices[by], voices[otherOf(by)]);
  const isOne = open.hasTurn && open.isLong;
  return isOne ? { count: side.count + 1, open: null } : { ...side, open };
}

/** As long as both go on; once one is over, what is known of them stands. */
function compareSpurts(open: Attempt, own: Spurt | null, other: Spurt | null): Attempt {
  if (own?.startMs !== open.ownMs || other?.startMs !== open.amidMs) return open;
  const sharedMs = Math.min(own.endMs, other.endMs) - own.startMs;
  return { ...open, isLong: sharedMs >= interruptionMs };
}
