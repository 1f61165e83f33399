import type { AnyRecord } from "../../../shared/entities/collections.ts";
import type { find } from "../../../shared/rpc/contract/leads.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { recordSql } from "../live/read-records.ts";
import type { Reads } from "../replica.ts";
import { createLiveIndex } from "./live-index.ts";
import type { Searchable } from "./text-index.ts";

type Other = OutputOf<typeof find>["others"][number];

export type RecordSearch = {
  /** Best first; nothing until the index has been built. */
  find(text: string, limit: number): Promise<Other[]>;
  build(): Promise<void>;
  onBuilt(listener: () => void): () => void;
  close(): void;
};

const pageSize = 500;

/** Search over a collection that is small beside leads. */
export function createRecordSearch<R extends AnyRecord>(
  reads: Reads,
  collection: Other["collection"],
  { searchableOf, otherOf }: { searchableOf(record: R): Searchable; otherOf(record: R): Other },
): RecordSearch {
  const ids: string[] = [];
  const rows = new Map<string, number>();
  const listeners = new Set<() => void>();
  const index = createLiveIndex<R>(reads, {
    collection,
    searchableOf,
    numberOf(id) {
      const row = rows.get(id) ?? ids.push(id) - 1;
      rows.set(id, row);
      return row;
    },
    scan: () => scanRecords<R>(reads, collection),
    onBuilt() {
      for (const listener of listeners) listener();
    },
  });
  return {
    async find(text, limit) {
      const ranked = index.now()?.rank(text).subarray(0, limit) ?? [];
      const wanted = Array.from(ranked, (row) => ids[row] ?? "");
      const byId = (await reads.getAll(collection, wanted)) as ReadonlyMap<string, AnyRecord>;
      return wanted.flatMap((id) => {
        const record = byId.get(id);
        return record ? [otherOf(record as R)] : [];
      });
    },
    build: index.build,
    onBuilt(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: index.close,
  };
}

async function* scanRecords<R extends AnyRecord>(
  reads: Reads,
  collection: Other["collection"],
): AsyncIterable<readonly R[]> {
  for (let after = ""; ;) {
    const page = await reads.sql<{ doc: R }>(
      `select ${recordSql} as doc from ${reads.table(collection)} where not deleted and id > $1 order by id limit ${pageSize}`,
      [after],
    );
    yield page.map(({ doc }) => doc);
    const last = page.at(-1);
    if (page.length < pageSize || !last) return;
    after = last.doc.id;
  }
}
