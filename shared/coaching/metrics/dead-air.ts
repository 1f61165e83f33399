import { deadAirAfterMs } from "./limits.ts";
import type { Tally } from "./tally.ts";

type DeadAir = { count: number; ms: number };

/**
 * `deadAirCount`, `deadAirMs` = silences of 5 s and more between two words of anybody, and their sum (ms). What comes
 * before the first word and after the last is none: a transcript may begin late and stop early.
 */
export const deadAir: Tally<DeadAir> = {
  start: { count: 0, ms: 0 },
  step: (before, { beat: { quietMs } }) => {
    if (quietMs === null || quietMs < deadAirAfterMs) return before;
    return { count: before.count + 1, ms: before.ms + quietMs };
  },
  read: ({ count, ms }) => ({ deadAirCount: count, deadAirMs: ms }),
};
