import type { Timers } from "../../../shared/result/ports.ts";

/** Tells whoever shows times that a minute has passed: "today" becomes yesterday without any change of a record. */
export type Minutes = { onMinute(listener: () => void): () => void; stop(): void };

const minuteMs = 60_000;

export function createMinutes(timers: Timers): Minutes {
  const listeners = new Set<() => void>();
  let cancel = timers.after(minuteMs, tick);

  function tick(): void {
    for (const tell of listeners) tell();
    cancel = timers.after(minuteMs, tick);
  }

  return {
    onMinute(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => cancel(),
  };
}
