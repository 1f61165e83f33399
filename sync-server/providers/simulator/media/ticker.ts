import type { Clock, Timers } from "../../../../shared/result/ports.ts";
import { frameMs } from "../../../../shared/calls/mulaw.ts";

// After a stall the lost frames are made up for, but not endlessly: nobody wants to hear a minute at once.
const framesInARow = 10;

/** Calls `onFrame` 50 times a second, held to the clock, from `start` until `isIdle` or `stop`. */
export function createTicker(clock: Clock, timers: Timers, onFrame: () => void, isIdle: () => boolean) {
  let dueAt = 0;
  let cancel: (() => void) | null = null;

  const schedule = (): void => {
    dueAt += frameMs;
    cancel = timers.after(Math.max(0, dueAt - clock.now()), tick);
  };

  const tick = (): void => {
    cancel = null;
    const late = Math.floor((clock.now() - dueAt) / frameMs);
    for (let i = 0; i <= Math.min(late, framesInARow); i++) onFrame();
    if (late > 0) dueAt += late * frameMs;
    if (!isIdle() && !cancel) schedule();
  };

  return {
    start(): void {
      if (cancel) return;
      dueAt = clock.now();
      schedule();
    },
    stop: () => cancel?.(),
  };
}
