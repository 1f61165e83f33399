import type { AnyRecord, CollectionName } from "../../../shared/entities/collections.ts";
import { sameValue } from "../../../shared/sync/fields.ts";
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

type Change<R> = { id: string; record: R | null };

const takenAtOnce = 50;
/** Rebuild when more than this is left of states that are no more. */
const mostWaste = { records: 20_000, share: 0.5 };

export function createLiveIndex<R extends AnyRecord>(reads: Reads, source: IndexedCollection<R>): LiveIndex {
  let current: TextIndex | null = null;
  let growing: { index: TextIndex; missed: Change<R>[] } | null = null;
  const later: Change<R>[] = [];
  let version = 0;
  let closed = false;

  function put(index: TextIndex, id: string, record: R | null): void {
    const row = source.numberOf(id);
    if (record) index.put(row, source.searchableOf(record));
    else index.remove(row);
  }

  async function build(): Promise<void> {
    if (growing || closed) return;
    const next = { index: createTextIndex(), missed: [] as Change<R>[] };
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

  /** Most changes, such as the server's answer to an edit, are about fields that nobody searches. */
  function saysTheSame(before: R | null, after: R | null): boolean {
    return (
      before !== null && after !== null && sameValue(source.searchableOf(before), source.searchableOf(after))
    );
  }
  function isWasteful({ dead, live }: { dead: number; live: number }): boolean {
    return dead > mostWaste.records && dead > live * mostWaste.share;
  }

  /** Few changes are seen at once; a flood goes in slices behind what people wait for. */
  async function takeLater(): Promise<void> {
    const pace = createPacer();
    for (let next = later[0]; next && !closed; next = later[0]) {
      later.shift();
      if (current) put(current, next.id, next.record);
      await pace();
    }
    version += 1;
    await current?.tidy();
    source.onBuilt();
  }
  function take(changes: readonly Change<R>[]): void {
    if (!current) return;
    const isFlood = later.length > 0 || changes.length > takenAtOnce;
    if (isFlood && later.push(...changes) === changes.length) void takeLater();
    if (isFlood) return;
    for (const { id, record } of changes) put(current, id, record);
    void current.tidy();
  }

  const stop = reads.onChange(({ collection, records }) => {
    if (collection !== source.collection) return;
    const changes = records.flatMap(({ id, before, after }): Change<R>[] =>
      saysTheSame(before as R | null, after as R | null) ? [] : [{ id, record: after as R | null }],
    );
    if (changes.length === 0) return;
    growing?.missed.push(...changes);
    take(changes);
    version += 1;
    // Failing to rebuild leaves the larger index in use, and the next change tries again.
    if (current && isWasteful(current.waste())) build().catch(() => {});
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
