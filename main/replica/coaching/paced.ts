import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { sameValue } from "../../../shared/sync/fields.ts";

/**
 * Tells what is read whenever it has changed, at once where nothing was told for `paceMs`, else when that time is
 * over: as fast as anybody can see, and no faster.
 */
export function createPaced<T>(
  { clock, timers }: { clock: Clock; timers: Timers },
  paceMs: number,
  read: () => T,
  tell: (value: T) => void,
): { look(): void; stop(): void } {
  let told: { value: T; atMs: number } | null = null;
  let cancel: (() => void) | null = null;

  function look(): void {
    const nowMs = clock.now();
    if (cancel) return;
    // A clock that was put back must not silence it.
    const restMs = told ? Math.min(paceMs, told.atMs + paceMs - nowMs) : 0;
    if (restMs > 0) cancel = timers.after(restMs, lookAgain);
    else tellNew(nowMs);
  }

  function lookAgain(): void {
    cancel = null;
    tellNew(clock.now());
  }

  function tellNew(atMs: number): void {
    const value = read();
    if (told && sameValue(told.value, value)) return;
    told = { value, atMs };
    tell(value);
  }

  return {
    look,
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
