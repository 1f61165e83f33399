import type { Clock, Timers } from "../../../shared/result/ports.ts";

/** When this machine has slept: timers stood still meanwhile, and connections that look open lead nowhere. */
export type Wakes = {
  onWake(listener: () => void): () => void;
  /** The desktop says so, which not every shell does; it is the sooner. */
  told(): void;
  stop(): void;
};

const lookEveryMs = 5_000;
/** No work holds this process for so long. */
const sleptAfterMs = 30_000;

/** Notices it by the clock, which goes on while timers stand still. */
export function followWakes({ clock, timers }: { clock: Clock; timers: Timers }): Wakes {
  const listeners = new Set<() => void>();
  let lookedMs = clock.now();
  let wokeMs = Number.NEGATIVE_INFINITY;
  let cancel = timers.after(lookEveryMs, look);

  function look(): void {
    const sleptMs = clock.now() - lookedMs;
    lookedMs = clock.now();
    cancel = timers.after(lookEveryMs, look);
    if (sleptMs > sleptAfterMs) wake();
  }

  /** The clock and the desktop tell of the same sleep, whichever comes first. */
  function wake(): void {
    lookedMs = clock.now();
    if (Math.abs(lookedMs - wokeMs) < sleptAfterMs) return;
    wokeMs = lookedMs;
    for (const tell of listeners) tell();
  }

  return {
    onWake(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    told: wake,
    stop: () => cancel(),
  };
}
