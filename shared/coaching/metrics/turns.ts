import type { Speaker } from "../utterance.ts";
import { bridgeMs, deadAirAfterMs } from "./limits.ts";
import type { Beat } from "./voices.ts";

/** Who has the floor. */
export type Turns = {
  holder: Speaker | null;
  count: number;
  /** Where the holder's speech without dead air or a hold in it began, and ends so far. */
  sinceMs: number;
  untilMs: number;
  /** The turn was taken with the last word. */
  taken: Taken | null;
};

export type Taken = {
  from: Speaker | null;
  /** With a spurt of its own; otherwise by talking on until the other had stopped. */
  byNewSpurt: boolean;
};

export const noTurns: Turns = { holder: null, count: 0, sinceMs: 0, untilMs: 0, taken: null };

/**
 * A turn begins when the other one than who has the floor says more than a backchannel, or talks on after who took it
 * over has stopped. What the holder says, backchannels too, belongs to their turn.
 */
export function stepTurns(turns: Turns, beat: Beat): Turns {
  const by = beat.word.speaker;
  if (by === turns.holder) return holdOn(turns, beat);
  if (!takesTurn(beat)) return turns.taken === null ? turns : { ...turns, taken: null };
  return {
    holder: by,
    count: turns.count + 1,
    sinceMs: beat.speaksNow ? beat.own.startMs : beat.word.startMs,
    untilMs: beat.own.endMs,
    taken: { from: turns.holder, byNewSpurt: beat.speaksNow },
  };
}

function takesTurn({ own, other, word, speaksNow }: Beat): boolean {
  if (own.listening !== null) return false;
  return speaksNow || other === null || word.startMs - other.endMs > bridgeMs;
}

function holdOn(turns: Turns, { word, own, wasApart }: Beat): Turns {
  const isBroken = wasApart || word.startMs - turns.untilMs >= deadAirAfterMs;
  const sinceMs = isBroken ? word.startMs : turns.sinceMs;
  return { ...turns, sinceMs, untilMs: Math.max(turns.untilMs, own.endMs), taken: null };
}
