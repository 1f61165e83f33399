import { RX_COLLECTION_BULK_INSERT_CONTEXT, type BulkWriteRow, type RxDocumentData } from "rxdb";
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
  };
};
type StoreConflict = { status: number; documentId: string };
type Change = RecordsChanged["records"][number];

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

/** @param aroundWrite what else is done whenever records are written */
export function createRecordStore(
  collections: Readonly<Partial<Record<CollectionName, CollectionPort>>>,
  aroundWrite: <T>(write: () => Promise<T>) => Promise<T>,
): RecordStore {
  const listeners = new Set<(change: RecordsChanged) => void>();

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

  /** @returns ids that were not written, because something else stands there */
  async function write(
    collection: CollectionName,
    rows: BulkWriteRow<Doc>[],
    context = "ringside",
  ): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const { error } = await aroundWrite(() => storageOf(collection).bulkWrite(rows, context));
    const failure = error.find(({ status }) => status !== 409);
    if (failure) throw new Error(`writing ${collection} ${failure.documentId} failed (${failure.status})`);
    return new Set(error.map(({ documentId }) => documentId));
  }

  /** Every write passes here, so what changed is known without asking RxDB, which would hand out copies. */
  function tell(collection: CollectionName, records: Change[]): void {
    if (records.length === 0) return;
    for (const listener of listeners) listener({ collection, records });
  }

  async function insert(collection: CollectionName, docs: readonly Doc[]): Promise<string[]> {
    const known = await write(collection, docs.map(rowOfNew), rowsAreOurs);
    const added = known.size === 0 ? docs : docs.filter(({ id }) => !known.has(id));
    tell(
      collection,
      added.map((doc) => ({ id: doc.id, before: null, after: asRecord(doc) })),
    );
    return [...known];
  }

  async function put(
    collection: CollectionName,
    records: ReadonlyMap<string, Doc | null>,
    held: ReadonlyMap<string, Stored>,
  ): Promise<void> {
    const rows: BulkWriteRow<Doc>[] = [];
    const changes: Change[] = [];
    for (const [id, after] of records) {
      const previous = held.get(id);
      const before = visibleOf(previous);
      if (sameState(before, after)) continue;
      rows.push(rowOf(id, after, previous));
      changes.push({ id, before: asRecord(before), after: asRecord(after) });
    }
    const conflicts = await write(collection, rows);
    tell(
      collection,
      changes.filter(({ id }) => !conflicts.has(id)),
    );
    for (const id of conflicts) throw new Error(`${collection} ${id} was written outside of a turn`);
  }

  return {
    find,
    insert,
    put,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => listeners.clear(),
  };
}

/** The record without what RxDB adds to it; null when it is gone. */
export function visibleOf(stored: Stored | undefined): Doc | null {
  if (!stored || stored._deleted) return null;
  const { _deleted, _rev, _meta, _attachments, ...doc } = stored as Stored & Record<string, unknown>;
  return doc as unknown as Doc;
}

function sameState(before: Doc | null, after: Doc | null): boolean {
  return before === null || after === null ? before === after : sameValue(before, after);
}

function rowOf(id: string, doc: Doc | null, previous: Stored | undefined): BulkWriteRow<Doc> {
  // What is gone leaves nothing of itself but its id.
  const content = doc ?? ({ id } as Doc);
  const document = { ...content, _deleted: doc === null, ...setByRxDb };
  return previous ? { previous, document } : { document };
}

/** RxDB's own word for rows that were made for this write: it works on them, where it would copy all once more. */
const rowsAreOurs = RX_COLLECTION_BULK_INSERT_CONTEXT;

function rowOfNew(doc: Doc): BulkWriteRow<Doc> {
  return { document: { ...doc, _deleted: false, ...setByRxDb } };
}

const setByRxDb = { _attachments: {}, _rev: "", _meta: { lwt: 1 } };

/** The store does not know which fields its collections have; those who read of a change do. */
function asRecord(doc: Doc | null): AnyRecord | null {
  return doc as unknown as AnyRecord | null;
}
