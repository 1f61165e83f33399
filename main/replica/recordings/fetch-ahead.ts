import type { Random, Timers } from "../../../shared/result/ports.ts";
import { chooseRecordings, type WantedRecording } from "./choose-recordings.ts";
import type { Recordings } from "./keep-recordings.ts";

export type FetchAheadPorts = {
  recordings: Pick<Recordings, "kept" | "fetchAhead" | "release">;
  readWanted: () => Promise<WantedRecording[]>;
  /** Whether the server is there and nothing else is going on that the line or the disk is for. */
  mayFetch: () => boolean;
  /** Calls back when somebody needs the line: what is under way ends. */
  onBusy: (listener: () => void) => () => void;
  /** Calls back when something else may be wanted. */
  onNews: (listener: () => void) => () => void;
  timers: Timers;
  random: Random;
  onTrouble: (cause: unknown) => void;
  limitBytes?: number;
};

/** Some four hours of calls. */
const usualLimitBytes = 500_000_000;
const lookEveryMs = 5_000;
const restMs = 1_000;
const firstWaitMs = 30_000;
const longestWaitMs = 3_600_000;

/**
 * Fetches what somebody would review before they ask, so that it can be heard on a plane: one recording at a time, while
 * nothing else goes on. What fails is tried again later and later.
 */
export function startFetchAhead(ports: FetchAheadPorts): { close(): Promise<void> } {
  const { recordings, timers, random, limitBytes = usualLimitBytes } = ports;
  /** What the server does not have, and how large the others turned out to be. */
  const absent = new Set<string>();
  const sizes = new Map<string, number>();
  let isNews = true;
  let failures = 0;
  let current: AbortController | null = null;
  let looking = Promise.resolve();
  let closed = false;
  const stops = [ports.onBusy(() => current?.abort()), ports.onNews(() => (isNews = true))];
  let cancel = lookAfter(lookEveryMs);

  function lookAfter(delayMs: number): () => void {
    return timers.after(delayMs, () => {
      looking = lookAndRest();
    });
  }

  async function lookAndRest(): Promise<void> {
    const waitMs = await look().catch((cause: unknown) => {
      ports.onTrouble(cause);
      return longestWaitMs;
    });
    if (!closed) cancel = lookAfter(waitMs);
  }

  /** @returns after how many ms to look again */
  async function look(): Promise<number> {
    if (!isNews || !ports.mayFetch()) return lookEveryMs;
    isNews = false;
    const kept = recordings.kept();
    // Also of what is dropped now: it is not fetched again to find out.
    for (const { key, sizeBytes } of kept) sizes.set(key, sizeBytes);
    const wanted = (await ports.readWanted()).filter(({ key }) => !absent.has(key));
    const sized = wanted.map((one) => ({ ...one, sizeBytes: sizes.get(one.key) ?? one.sizeBytes }));
    const { drop, fetch } = chooseRecordings(sized, kept, limitBytes);
    await recordings.release(drop.map(({ key }) => key));
    if (!fetch) return lookEveryMs;
    isNews = true;
    return closed || !ports.mayFetch() ? lookEveryMs : bring(fetch);
  }

  async function bring(wanted: WantedRecording): Promise<number> {
    const { signal } = (current = new AbortController());
    const fetched = await recordings.fetchAhead(wanted, signal);
    current = null;
    if (fetched.ok) {
      failures = 0;
      return restMs;
    }
    if (signal.aborted) return lookEveryMs;
    if (fetched.error.code === "no-such-call") {
      absent.add(wanted.key);
      return restMs;
    }
    failures += 1;
    const limitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 10));
    return Math.round(limitMs * (0.5 + random() / 2));
  }

  return {
    async close() {
      closed = true;
      cancel();
      for (const stop of stops) stop();
      current?.abort();
      await looking;
    },
  };
}
