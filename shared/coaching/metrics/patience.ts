import { deadAirAfterMs } from "./limits.ts";
import type { Tally } from "./tally.ts";

type Waits = { sumMs: number; count: number };

/**
 * `patienceMs` = mean time from the end of what the customer said to the start of the agent's turn (ms), over the
 * turns that the agent takes from the customer by beginning to speak, without what of it they were apart. Who begins
 * before the customer has ended waited 0 ms; who takes the turn by talking on until the customer stops has waited for
 * nothing, and counts nowhere; what is longer than 5 s counts as 5 s: the rest is dead air, not patience. (Gong names it
 * and gives no formula.)
 */
export const patience: Tally<Waits> = {
  start: { sumMs: 0, count: 0 },
  step: (waits, { beat, turns: { taken } }) => {
    const isAnswer = beat.word.speaker === "agent" && taken?.from === "customer" && taken.byNewSpurt;
    if (!isAnswer) return waits;
    const waitMs = Math.min(beat.own.afterOtherMs ?? 0, deadAirAfterMs);
    return { sumMs: waits.sumMs + waitMs, count: waits.count + 1 };
  },
  read: ({ sumMs, count }) => (count === 0 ? {} : { patienceMs: sumMs / count }),
};
