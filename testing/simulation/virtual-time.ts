import type { Clock, Timers } from "../../shared/result/ports.ts";

type Alarm = { at: number; order: number; task: () => void };

/**
 * Time that stands still until it is told to go on. Work that is not a timer (promises, the database) runs in
 * between: `settle` waits for it, so that a seed tells the same story every time.
 */
export class VirtualTime implements Clock, Timers {
  #nowMs: number;
  #order = 0;
  #alarms: Alarm[] = [];
  #busy = 0;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, task: () => void): () => void {
    const alarm = { at: this.#nowMs + Math.max(0, delayMs), order: this.#order++, task };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /** A promise that resolves when `delayMs` have gone by. */
  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve));
  }

  /** Runs real work (the server's database) during which no virtual time goes by. */
  async hold<T>(work: Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work;
    } finally {
      this.#busy--;
    }
  }

  /** Runs everything that falls due within `spanMs`, in order, letting real work finish between any two. */
  async pass(spanMs: number): Promise<void> {
    const end = this.#nowMs + spanMs;
    await this.settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#nowMs = Math.max(this.#nowMs, next.at);
      this.#alarms = this.#alarms.filter((alarm) => alarm !== next);
      next.task();
      await this.settle();
    }
    this.#nowMs = end;
  }

  /** Lets promises and held work run until nothing moves any more. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet++) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.#busy > 0 || isDiskBusy()) quiet = -1;
    }
  }

  #next(end: number): Alarm | undefined {
    return this.#alarms
      .filter((alarm) => alarm.at <= end)
      .reduce<Alarm | undefined>(
        (first, alarm) => (!first || earlier(alarm, first) ? alarm : first),
        undefined,
      );
  }
}

/** Files are real: time that went on while a slow disk wrote would make another story of the same seed. */
function isDiskBusy(): boolean {
  return process.getActiveResourcesInfo().some((kind) => kind.startsWith("FSReq"));
}

function earlier(a: Alarm, b: Alarm): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** A clock on a desk's wall: off by `skewMs`, which may be a year. */
export function skewedClock(time: Clock, skewMs: number): Clock {
  return { now: () => time.now() + skewMs };
}
