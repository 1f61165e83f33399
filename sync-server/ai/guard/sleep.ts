import type { Timers } from "../../../shared/result/ports.ts";

/** Ends after `forMs`, or when `signal` is aborted. */
export function sleep(timers: Timers, forMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      cancel();
      signal.removeEventListener("abort", end);
      resolve();
    };
    const cancel = timers.after(forMs, end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
