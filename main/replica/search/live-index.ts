import type { AnyRecord, CollectionName } from "../../../shared/entities/collections.ts";
import { createPacer } from "../live/slices.ts";
import type { Reads } from "../replica.ts";
import { createTextIndex, type Searchable, type TextIndex } from "./text-index.ts";

/** An index over one collection that builds itself in the background and follows every change. */
export type LiveIndex = {
  /** Null until it has been built. */
  now(): TextIndex | null;
  /** Counts builds and changes: the same text has the same answer while it stands. */
  version(): number;
  build(): Promise<void>;
  close(): void;
};

export type IndexedCollection<R extends AnyRecord> = {
  collection: CollectionName;
  numberOf(id: string): number;
  searchableOf(record: R): Searchable;
  /** Every record once, in steps; a step is one array. */
  scan(): AsyncIterable<readonly R[]>;
  onBuilt(): void;
};

/** Rebuild when more than this is left of states that are no more. */
const mostWaste = { records: 20_000, share: 0.5 };

export function createLiveIndex<R extends AnyRecord>(reads: Reads, source: IndexedCollection<R>): LiveIndex {
  let current: TextIndex | null = null;
  let growing: { index: TextIndex; missed: { id: string; record: R | null }[] } | null = null;
  let version = 0;
  let closed = false;

  function put(index: TextIndex, id: string, record: R | null): void {
    const row = source.numberOf(id);
    if (record) index.put(row, source.searchableOf(record));
    else index.remove(row);
  }

  async function build(): Promise<void> {
    if (growing || closed) return;
    const next = { index: createTextIndex(), missed: [] as { id: string; record: R | null }[] };
    growing = next;
    try {
      const pace = createPacer();
      for await (const records of source.scan()) {
        for (const record of records) {
          put(next.index, record.id, record);
          await pace();
        }
        if (closed) return;
      }
      await next.index.tidy();
      for (const { id, record } of next.missed) put(next.index, id, record);
      current = next.index;
      version += 1;
    } finally {
      growing = null;
    }
    source.onBuilt();
  }

  function isWasteful({ dead, live }: { dead: number; live: number }): boolean {
    return dead > mostWaste.records && dead > live * mostWaste.share;
  }

  const stop = reads.onChange(({ collection, records }) => {
    if (collection !== source.collection) return;
    for (const { id, after } of records) {
      if (current) put(current, id, after as R | null);
      growing?.missed.push({ id, record: after as R | null });
    }
    version += 1;
    if (!current) return;
    void current.tidy();
    // Failing to rebuild leaves the larger index in use, and the next change tries again.
    if (isWasteful(current.waste())) build().catch(() => {});
  });

  return {
    now: () => current,
    version: () => version,
    build,
    close() {
      closed = true;
      stop();
    },
  };
}
