import type { CollectionName, RecordOf } from "../../../shared/entities/collections.ts";
import type { Reads } from "../replica.ts";
import { cleanText, isCleanText } from "../pglite-storage/clean-text.ts";
import type { ReplicaDatabase } from "./open-database.ts";
import { visibleOf } from "./record-store.ts";

/** Reads for queries and commands: SQL over the rows that RxDB writes. They take no turn and never wait for sync. */
export function createReads({ store, sql, table, standing }: ReplicaDatabase): Reads {
  return {
    sql: (text, parameters = []) => sql(text, parameters.map(cleanParameter)),
    table,
    standing,
    async get<C extends CollectionName>(collection: C, id: string) {
      const found = await store.find(collection, [id].filter(isCleanText));
      return visibleOf(found.get(id)) as RecordOf<C> | null;
    },
    async getAll<C extends CollectionName>(collection: C, ids: readonly string[]) {
      const found = new Map<string, RecordOf<C>>();
      for (const [id, stored] of await store.find(collection, ids.filter(isCleanText))) {
        const record = visibleOf(stored) as RecordOf<C> | null;
        if (record) found.set(id, record);
      }
      return found;
    },
    onChange: (listener) => store.onChange(listener),
  };
}

/** No record holds what PostgreSQL cannot: asked for such a text, it would fail instead of finding nothing. */
function cleanParameter(value: unknown): unknown {
  if (typeof value === "string") return isCleanText(value) ? value : cleanText(value);
  return Array.isArray(value) ? value.map(cleanParameter) : value;
}
