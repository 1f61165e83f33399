import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { EditId } from "../../../shared/entities/id.ts";
import { overlay } from "../../../shared/sync/apply-edit.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import {
  dropShadows,
  listShadows,
  readShadows,
  writeShadows,
  type RunSql,
} from "../database/local-tables.ts";
import { visibleOf, type RecordStore, type Stored } from "../database/record-store.ts";
import { hasWaiting, listWaiting, waitingOf, type EditJournal } from "./edit-journal.ts";

/**
 * The two layers of which every record consists: what the server said, and unsent edits over it. What lies in the
 * store is always `overlay(server's, waiting edits)`; a record with waiting edits has its server's state in the
 * shadow table, any other is its own. Everything here is called in a turn.
 *
 * The order of writes is what makes a crash harmless: shadow, then store; and the journal before both when an edit
 * is added, after both when it goes. Whatever is left half-done, `recover` finishes ([JOURNAL-3]).
 */
export type Layers = {
  /**
   * Lays edits that were just journalled over their records.
   * @param known all of their rows, where the caller has looked them up in this very turn
   */
  cover(edits: readonly Edit[], known?: Held): Promise<void>;
  /**
   * Takes what the server says of records ([PULL-4]).
   * @param likelyNew hardly any of them is held already
   * @param unconfirmed ids of which the server says this for the first time since it was put back ([REST-1])
   */
  receive(
    collection: CollectionName,
    docs: readonly Doc[],
    gone: readonly string[],
    likelyNew?: boolean,
    unconfirmed?: ReadonlySet<string>,
  ): Promise<void>;
  /**
   * Shows records without some of their edits; the caller takes these out of the journal next.
   * @param said what the server said of the records meanwhile, if anything
   * @param unconfirmed records, by `recordKey`, whose held revision counts for nothing ([REST-1])
   * @returns to be called when the journal no longer holds them
   */
  uncover(
    edits: readonly Edit[],
    said?: ReadonlyMap<string, Doc | null>,
    unconfirmed?: ReadonlySet<string>,
  ): Promise<() => Promise<void>>;
  /**
   * Whether an edit is uncovered and has still to leave the journal. Lists that look again because its record changed
   * would call it unsent for good: nothing changes when it has left.
   */
  isLeaving(editId: EditId): boolean;
  /** Makes store and shadows agree with the journal again, whatever happened before. */
  recover(): Promise<void>;
};

/** Rows as they lie in the store, by collection and id. */
export type Held = Map<CollectionName, Map<string, Stored>>;
type Masters = Map<string, Doc | null>;

export function createLayers({
  store,
  sql,
  journal,
}: {
  store: RecordStore;
  sql: RunSql;
  journal: EditJournal;
}): Layers {
  const leaving = new Set<EditId>();

  /** The server's state of records. Those without a shadow are covered by nothing yet: they are what they show. */
  async function mastersOf(
    collection: CollectionName,
    ids: readonly string[],
    held: ReadonlyMap<string, Stored>,
    covered = ids,
  ): Promise<Masters> {
    const shadows = await readShadows(sql, collection, covered);
    return new Map(
      ids.map((id) => [id, shadows.has(id) ? (shadows.get(id) ?? null) : visibleOf(held.get(id))]),
    );
  }

  /** Writes both layers. `without`: edits that count no more although the journal still holds them. */
  async function lay(
    collection: CollectionName,
    masters: Masters,
    held: ReadonlyMap<string, Stored>,
    without: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    const shadows: Masters = new Map();
    const visible: Masters = new Map();
    for (const [id, master] of masters) {
      const waiting = waitingOf(journal, collection, id).filter(({ editId }) => !without.has(editId));
      // An older shadow may stay until its last edit has left the journal: laid over it, that edit shows the same.
      if (waiting.length > 0) shadows.set(id, master);
      visible.set(id, overlay(master, waiting));
    }
    await writeShadows(sql, collection, shadows);
    await store.put(collection, visible, held);
  }

  async function cover(edits: readonly Edit[], known: Held = new Map()): Promise<void> {
    const added = new Set<string>(edits.map(({ editId }) => editId));
    for (const [collection, ids] of byCollection(edits)) {
      const covered = ids.filter((id) =>
        waitingOf(journal, collection, id).some(({ editId }) => !added.has(editId)),
      );
      const held = known.get(collection) ?? (await store.find(collection, ids));
      await lay(collection, await mastersOf(collection, ids, held, covered), held);
    }
  }

  async function receive(
    collection: CollectionName,
    docs: readonly Doc[],
    gone: readonly string[],
    likelyNew = false,
    unconfirmed: ReadonlySet<string> = new Set(),
  ): Promise<void> {
    const isCovered = (id: string) => waitingOf(journal, collection, id).length > 0;
    const ids = [...docs.map(({ id }) => id), ...gone];
    const covered = hasWaiting(journal) ? ids.filter(isCovered) : [];
    if (likelyNew && covered.length === 0 && gone.length === 0) {
      const known = new Set(await store.insert(collection, docs));
      if (known.size > 0)
        await receive(
          collection,
          docs.filter(({ id }) => known.has(id)),
          [],
        );
      return;
    }
    const held = await store.find(collection, ids);
    const shadows = await readShadows(sql, collection, covered);
    const masters: Masters = new Map(gone.map((id) => [id, null]));
    for (const doc of docs) {
      const known = shadows.has(doc.id) ? shadows.get(doc.id) : visibleOf(held.get(doc.id));
      if (!known || known.rev <= doc.rev || unconfirmed.has(doc.id)) masters.set(doc.id, doc);
    }
    await lay(collection, masters, held);
  }

  async function uncover(
    edits: readonly Edit[],
    said: ReadonlyMap<string, Doc | null> = new Map(),
    unconfirmed: ReadonlySet<string> = new Set(),
  ): Promise<() => Promise<void>> {
    const groups = byCollection(edits);
    const without = new Set(edits.map(({ editId }) => editId));
    for (const editId of without) leaving.add(editId);
    for (const [collection, ids] of groups) {
      const held = await store.find(collection, ids);
      const masters = await mastersOf(collection, ids, held);
      for (const id of ids) {
        const key = recordKey(collection, id);
        if (!said.has(key)) continue;
        const known = unconfirmed.has(key) ? null : (masters.get(id) ?? null);
        masters.set(id, newer(known, said.get(key) ?? null));
      }
      await lay(collection, masters, held, without);
    }
    return async () => {
      for (const editId of without) leaving.delete(editId);
      for (const [collection, ids] of groups) await dropBare(collection, ids);
    };
  }

  async function dropBare(collection: CollectionName, ids: readonly string[]): Promise<void> {
    const bare = ids.filter((id) => waitingOf(journal, collection, id).length === 0);
    await dropShadows(sql, collection, bare);
  }

  async function recover(): Promise<void> {
    const covered = listWaiting(journal).map(({ edit }) => edit);
    const groups = byCollection([...covered, ...(await listShadows(sql))]);
    for (const [collection, ids] of groups) {
      for (let start = 0; start < ids.length; start += sliceLength) {
        const slice = ids.slice(start, start + sliceLength);
        const held = await store.find(collection, slice);
        await lay(collection, await mastersOf(collection, slice, held), held);
        await dropBare(collection, slice);
      }
    }
  }

  return { cover, receive, uncover, isLeaving: (editId) => leaving.has(editId), recover };
}

const sliceLength = 500;

export function recordKey(collection: CollectionName, id: string): string {
  return `${collection}/${id}`;
}

/** What two answers of the server say together: a deletion has no number, so it counts as the latest news. */
function newer(known: Doc | null, said: Doc | null): Doc | null {
  return known && said && known.rev > said.rev ? known : said;
}

function byCollection(
  records: readonly { collection: CollectionName; id: string }[],
): Map<CollectionName, string[]> {
  const groups = new Map<CollectionName, Set<string>>();
  for (const { collection, id } of records) {
    const ids = groups.get(collection) ?? new Set();
    groups.set(collection, ids.add(id));
  }
  return new Map([...groups].map(([collection, ids]) => [collection, [...ids]]));
}
