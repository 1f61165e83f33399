import type { Lead } from "../../../shared/entities/lead.ts";

/** A lead as it is now; null = gone. */
export type LeadChange = { id: string; lead: Lead | null };

/** `now` is null until it has been built. */
export type Built<T> = { now: T | null; ready: Promise<T> };

export type Tracked<T> = {
  build(): Promise<T>;
  apply(value: T, changes: readonly LeadChange[]): void;
  /** Its answer changes at midnight. */
  daily: boolean;
  /** Its answer depends on tasks too. */
  derived: boolean;
};

export type Traits = Pick<Tracked<unknown>, "daily" | "derived">;

export type TrackedAnswers<T> = {
  get(key: string, start: () => Tracked<T>): Built<T>;
  /** Whether it is built, or being built; starts nothing. */
  has(key: string): boolean;
  apply(changes: readonly LeadChange[], only?: (traits: Traits) => boolean): void;
  forget(only: (traits: Traits) => boolean): void;
  some(only: (traits: Traits) => boolean): boolean;
};

/** `queue`: changes since it was last looked at, or since its building began. */
type Entry<T> = { tracked: Tracked<T>; built: Built<T>; queue: LeadChange[] };

/** More are worked in without waiting for a look, which may never come. */
const mostWaiting = 5_000;

/**
 * Answers that are costly to work out and cheap to keep up to date. Each is built once, hears of every change
 * from the moment its building began, and is dropped when `limit` others were wanted since. Changes are worked in
 * when somebody looks: a first sync brings hundreds of slices, and lists are looked at twice a second.
 */
export function createTrackedAnswers<T>(limit: number, onBuilt: () => void): TrackedAnswers<T> {
  // A Map keeps the order of insertion: the first entry is the one that was wanted longest ago.
  const entries = new Map<string, Entry<T>>();

  function start(key: string, tracked: Tracked<T>): Entry<T> {
    const entry: Entry<T> = { tracked, queue: [], built: { now: null, ready: build() } };
    async function build(): Promise<T> {
      try {
        const value = await tracked.build();
        entry.built.now = value;
        catchUp(entry);
        return value;
      } catch (error) {
        if (entries.get(key) === entry) entries.delete(key);
        throw error;
      } finally {
        onBuilt();
      }
    }
    entry.built.ready.catch(() => {});
    return entry;
  }

  return {
    get(key, begin) {
      const entry = entries.get(key) ?? start(key, begin());
      entries.delete(key);
      entries.set(key, entry);
      const oldest = entries.size > limit ? entries.keys().next().value : undefined;
      if (oldest !== undefined) entries.delete(oldest);
      catchUp(entry);
      return entry.built;
    },
    has: (key) => entries.has(key),
    apply(changes, only = () => true) {
      for (const entry of entries.values()) {
        if (!only(entry.tracked)) continue;
        for (const change of changes) entry.queue.push(change);
        if (entry.queue.length >= mostWaiting) catchUp(entry);
      }
    },
    forget(only) {
      for (const [key, { tracked }] of entries) if (only(tracked)) entries.delete(key);
    },
    some: (only) => [...entries.values()].some(({ tracked }) => only(tracked)),
  };
}

function catchUp<T>({ tracked, built, queue }: Entry<T>): void {
  if (built.now === null || queue.length === 0) return;
  tracked.apply(built.now, queue.splice(0));
}
