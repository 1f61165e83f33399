import type { Clock, Timers } from "../../../../shared/result/ports.ts";

const lookEveryMs = 5_000;
/** Browsers slow the timers of a hidden window to one a minute; a longer gap is a machine that slept. */
const sleptAfterMs = 90_000;

/** Calls when this machine has slept, when the network is back, and when the page is thawed or shown again. */
export function onWake(clock: Clock, timers: Timers, wake: () => void): void {
  let lastMs = clock.now();
  const look = () => {
    const gapMs = clock.now() - lastMs;
    lastMs = clock.now();
    if (gapMs > sleptAfterMs) wake();
    timers.after(lookEveryMs, look);
  };
  timers.after(lookEveryMs, look);
  window.addEventListener("online", wake);
  document.addEventListener("resume", wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") wake();
  });
}
