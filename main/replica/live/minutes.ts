import type { Timers } from "../../../shared/result/ports.ts";

/**
 * Tells whoever shows times that a minute has passed, or that the desk is in another zone: "today" becomes yesterday
 * without any change of a record.
 *
 * @param onJump calls when the time that people see has changed at once: by another zone, or a sleep
 */
export type Minutes = { onMinute(listener: () => void): () => void; stop(): void };

const minuteMs = 60_000;

export function createMinutes(
  timers: Timers,
  onJump: (listener: () => void) => () => void = () => () => {},
): Minutes {
  const listeners = new Set<() => void>();
  const forgetJumps = onJump(tellAll);
  let cancel = timers.after(minuteMs, tick);

  function tellAll(): void {
    for (const tell of listeners) tell();
  }
  function tick(): void {
    tellAll();
    cancel = timers.after(minuteMs, tick);
  }

  return {
    onMinute(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop() {
      forgetJumps();
      cancel();
    },
  };
}
