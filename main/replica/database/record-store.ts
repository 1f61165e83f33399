import type { BulkWriteRow, RxDocumentData } from "rxdb";
import type { AnyRecord, CollectionName } from "../../../shared/entities/collections.ts";
import { sameValue, type Doc } from "../../../shared/sync/fields.ts";
import type { RecordsChanged } from "../replica.ts";

/** A record as it lies in its table; one that is gone keeps a row until the next clean-up. */
export type Stored = RxDocumentData<Doc>;

/** What the store needs of one RxDB collection. */
export type CollectionPort = {
  readonly storageInstance: {
    bulkWrite(rows: BulkWriteRow<Doc>[], context: string): Promise<{ error: StoreConflict[] }>;
    findDocumentsById(ids: string[], withDeleted: boolean): Promise<Stored[]>;
    changeStream(): {
      subscribe(next: (bulk: { events: StoreEvent[] }) => void): { unsubscribe(): void };
    };
  };
};
type StoreConflict = { status: number; documentId: string };
type StoreEvent = { documentId: string; documentData: Stored; previousDocumentData?: Stored | undefined };

/** The records of one replica as the person sees them. Every write goes through RxDB's storage, in a turn. */
export type RecordStore = {
  /** Also those that are gone (`_deleted`). */
  find(collection: CollectionName, ids: readonly string[]): Promise<Map<string, Stored>>;
  /** Writes records that are probably new, without looking them up. @returns ids of those that were there already */
  insert(collection: CollectionName, docs: readonly Doc[]): Promise<string[]>;
  /**
   * Makes each record what is said here; null = gone. Rows that are so already are not written.
   * @param held their rows, looked up in this very turn
   */
  put(
    collection: CollectionName,
    records: ReadonlyMap<string, Doc | null>,
    held: ReadonlyMap<string, Stored>,
  ): Promise<void>;
  onChange(listener: (change: RecordsChanged) => void): () => void;
  close(): void;
};

export function createRecordStore(
  collections: Readonly<Partial<Record<CollectionName, CollectionPort>>>,
): RecordStore {
  const listeners = new Set<(change: RecordsChanged) => void>();
  const subscriptions = Object.entries(collections).map(([name, { storageInstance }]) =>
    storageInstance.changeStream().subscribe(({ events }) => {
      if (listeners.size === 0) return;
      const change = changeOf(name as CollectionName, events);
      if (change.records.length > 0) for (const tell of listeners) tell(change);
    }),
  );

  function storageOf(collection: CollectionName): CollectionPort["storageInstance"] {
    const port = collections[collection];
    if (!port) throw new Error(`this replica holds no ${collection}`);
    return port.storageInstance;
  }

  async function find(collection: CollectionName, ids: readonly string[]): Promise<Map<string, Stored>> {
    if (ids.length === 0) return new Map();
    const found = await storageOf(collection).findDocumentsById([...ids], true);
    return new Map(found.map((stored) => [stored.id, stored]));
  }

  async function write(collection: CollectionName, rows: BulkWriteRow<Doc>[]): Promise<StoreConflict[]> {
    if (rows.length === 0) return [];
    const { error } = await storageOf(collection).bulkWrite(rows, "ringside");
    const failure = error.find(({ status }) => status !== 409);
    if (failure) throw new Error(`writing ${collection} ${failure.documentId} failed (${failure.status})`);
    return error;
  }

  async function insert(collection: CollectionName, docs: readonly Doc[]): Promise<string[]> {
    const conflicts = await write(collection, docs.map(rowOfNew));
    return conflicts.map(({ documentId }) => documentId);
  }

  async function put(
    collection: CollectionName,
    records: ReadonlyMap<string, Doc | null>,
    held: ReadonlyMap<string, Stored>,
  ): Promise<void> {
    const rows = [...records].flatMap(([id, doc]) => rowOf(doc, held.get(id)) ?? []);
    const [conflict] = await write(collection, rows);
    if (conflict) throw new Error(`${collection} ${conflict.documentId} was written outside of a turn`);
  }

  return {
    find,
    insert,
    put,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      for (const subscription of subscriptions) subscription.unsubscribe();
      listeners.clear();
    },
  };
}

/** The record without what RxDB adds to it; null when it is gone. */
export function visibleOf(stored: Stored | undefined): Doc | null {
  if (!stored || stored._deleted) return null;
  const { _deleted, _rev, _meta, _attachments, ...doc } = stored as Stored & Record<string, unknown>;
  return doc as unknown as Doc;
}

function rowOf(doc: Doc | null, previous: Stored | undefined): BulkWriteRow<Doc> | null {
  const before = visibleOf(previous);
  if (doc === null ? before === null : before !== null && sameValue(before, doc)) return null;
  if (!previous) return doc && rowOfNew(doc);
  // What is gone leaves nothing of itself but its id.
  const content = doc ?? ({ id: previous.id } as Doc);
  return { previous, document: { ...content, _deleted: doc === null, ...setByRxDb } };
}

function rowOfNew(doc: Doc): BulkWriteRow<Doc> {
  return { document: { ...doc, _deleted: false, ...setByRxDb } };
}

const setByRxDb = { _attachments: {}, _rev: "", _meta: { lwt: 1 } };

function changeOf(collection: CollectionName, events: readonly StoreEvent[]): RecordsChanged {
  const records = events.map(({ documentId, documentData, previousDocumentData }) => ({
    id: documentId,
    before: visibleOf(previousDocumentData) as AnyRecord | null,
    after: visibleOf(documentData) as AnyRecord | null,
  }));
  return { collection, records: records.filter(({ before, after }) => before !== null || after !== null) };
}
