import { deadAirAfterMs } from "./limits.ts";
import type { Tally } from "./tally.ts";
import type { Beat } from "./voices.ts";

type DeadAir = { count: number; ms: number };

/**
 * `deadAirCount`, `deadAirMs` = silences of 5 s and more between two words of anybody, and their sum (ms). Time in which
 * the two do not hear each other (on hold, while a colleague is asked) is none, and parts one silence from another; what
 * comes before the first word and after the last is none: a transcript may begin late and stop early. The 5 s are ours;
 * thresholds elsewhere are 3 to 10 s.
 */
export const deadAir: Tally<DeadAir> = {
  start: { count: 0, ms: 0 },
  step: (before, { beat }) => {
    const dead = deadAirIn(beat);
    if (dead.length === 0) return before;
    const ms = dead.reduce((sum, { atMs, endMs }) => sum + endMs - atMs, before.ms);
    return { count: before.count + dead.length, ms };
  },
  read: ({ count, ms }) => ({ deadAirCount: count, deadAirMs: ms }),
};

/** Of the quiet before a word what is dead air. */
export function deadAirIn({ quiet }: Pick<Beat, "quiet">): Beat["quiet"] {
  return quiet.filter(({ atMs, endMs }) => endMs - atMs >= deadAirAfterMs);
}
