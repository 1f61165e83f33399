import { systemClock, systemTimers, type Clock, type Timers } from "../../../shared/result/ports.ts";

export interface SteppableTime {
  clock: Clock;
  timers: Timers;
  /** Lets `ms` pass, running what falls due in its order; null where time passes by itself. */
  step: ((ms: number) => void) | null;
}

export const realTime: SteppableTime = { clock: systemClock, timers: systemTimers, step: null };

/** Time that stands still until it is stepped. It begins at the machine's own, as tokens are dated by it. */
export function createSteppedTime(startMs = Date.now()): SteppableTime {
  let now = startMs;
  let order = 0;
  const due = new Map<number, { at: number; task: () => void }>();

  const earliest = (until: number): [number, { at: number; task: () => void }] | undefined => {
    let first: [number, { at: number; task: () => void }] | undefined;
    for (const entry of due) {
      if (entry[1].at <= until && (!first || entry[1].at < first[1].at)) first = entry;
    }
    return first;
  };

  return {
    clock: { now: () => now },
    timers: {
      after(delayMs, task) {
        const id = order++;
        due.set(id, { at: now + Math.max(0, delayMs), task });
        return () => void due.delete(id);
      },
    },
    step(ms) {
      const until = now + ms;
      for (let next = earliest(until); next; next = earliest(until)) {
        due.delete(next[0]);
        now = next[1].at;
        next[1].task();
      }
      now = until;
    },
  };
}
