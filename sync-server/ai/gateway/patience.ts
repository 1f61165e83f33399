/** How long a model's words are waited for: the first for as long as whoever asked has, each other from the one before. */
export type Patience = {
  /** Aborted, as a time-out's own signal is, once the next word has not come in time. */
  signal: AbortSignal;
  /** A word has come. */
  heard(): void;
  /** Whether it had begun, and then took too long. */
  wasLost(): boolean;
  /** Nothing more is waited for. */
  stop(): void;
};

/** A model that has begun, and says nothing for so long, is stuck. Desks hang up on a server a little later. */
const longestSilenceMs = 30_000;

/** @param overAt by performance.now: when it has to be over, whatever still comes */
export function createPatience({
  firstWithinMs,
  overAt,
}: {
  firstWithinMs: number;
  overAt: number;
}): Patience {
  const leaving = new AbortController();
  // As a time-out's own signal does: the guard tells a slow model from somebody who left.
  const giveUp = () => leaving.abort(new DOMException("There was no answer in time.", "TimeoutError"));
  let silence = setTimeout(giveUp, firstWithinMs);
  let end: NodeJS.Timeout | null = null;
  let hasBegun = false;
  let isLost = false;
  leaving.signal.addEventListener("abort", () => (isLost = hasBegun));
  const stop = () => {
    clearTimeout(silence);
    if (end) clearTimeout(end);
  };
  return {
    signal: leaving.signal,
    heard() {
      if (hasBegun) return void silence.refresh();
      hasBegun = true;
      clearTimeout(silence);
      silence = setTimeout(giveUp, longestSilenceMs);
      end = setTimeout(giveUp, Math.max(0, overAt - performance.now()));
    },
    wasLost: () => isLost,
    stop,
  };
}
