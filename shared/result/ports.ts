/** What code may not take from its surroundings, so that tests can step it. */
export interface Clock {
  /** Milliseconds since the epoch, as this machine believes it. */
  now(): number;
}

/** A clock on somebody's desk: whoever reads it means the days of its zone. */
export interface LocalClock extends Clock {
  /** IANA name, as "Europe/Lisbon". */
  zone(): string;
}

export interface Timers {
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}

/** Asked once: Node does not hear of a machine that changes its zone. A desk's windows do, and tell it. */
const machineZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const systemClock: LocalClock = { now: () => Date.now(), zone: () => machineZone };

export const systemTimers: Timers = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Uniform in [0, 1), as Math.random. */
export type Random = () => number;
