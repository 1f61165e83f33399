/** What code may not take from its surroundings, so that tests can step it. */
export interface Clock {
  /** Milliseconds since the epoch, as this machine believes it. */
  now(): number;
}

export interface Timers {
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

export const systemClock: Clock = { now: () => Date.now() };

export const systemTimers: Timers = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Uniform in [0, 1), as Math.random. */
export type Random = () => number;
