import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import type { EditJournal, JournalChange, JournalEntry } from "./journal-port.ts";

/** What the journal holds, by record and in order, kept in memory for as long as the replica is open. */
export type Unsent = {
  /** In the order in which they were made. */
  all(): IterableIterator<JournalEntry>;
  get(editId: string): JournalEntry | undefined;
  /** Edits of one record that may still be taken; refused ones no longer show ([PUSH-3]). */
  waitingOf(collection: CollectionName, id: string): readonly Edit[];
  refusedOf(collection: CollectionName, id: string): readonly JournalEntry[];
  counts(): { waiting: number; refused: number };
  commit(changes: readonly JournalChange[]): Promise<Result<void, RpcError>>;
  onChange(listener: () => void): () => void;
};

export function createUnsent(journal: EditJournal): Unsent {
  const entries = new Map<string, JournalEntry>();
  const byRecord = new Map<string, JournalEntry[]>();
  const listeners = new Set<() => void>();
  let refused = 0;
  for (const entry of journal.entries()) add(entry);

  function add(entry: JournalEntry): void {
    entries.set(entry.edit.editId, entry);
    const key = keyOf(entry.edit.collection, entry.edit.id);
    const own = byRecord.get(key);
    if (own) own.push(entry);
    else byRecord.set(key, [entry]);
    if (entry.refusal) refused += 1;
  }

  function remove(editId: string): void {
    const entry = entries.get(editId);
    if (!entry) return;
    entries.delete(editId);
    if (entry.refusal) refused -= 1;
    const key = keyOf(entry.edit.collection, entry.edit.id);
    const rest = byRecord.get(key)?.filter((other) => other !== entry) ?? [];
    if (rest.length > 0) byRecord.set(key, rest);
    else byRecord.delete(key);
  }

  function refuse(change: Extract<JournalChange, { do: "refuse" }>): void {
    const entry = entries.get(change.editId);
    if (!entry) return;
    if (!entry.refusal) refused += 1;
    entry.refusal = change.refusal;
  }

  function follow(change: JournalChange): void {
    if (change.do === "add") add({ ...change.entry });
    else if (change.do === "remove") remove(change.editId);
    else refuse(change);
  }

  return {
    all: () => entries.values(),
    get: (editId) => entries.get(editId),
    waitingOf: (collection, id) =>
      (byRecord.get(keyOf(collection, id)) ?? []).filter((entry) => !entry.refusal).map(({ edit }) => edit),
    refusedOf: (collection, id) =>
      (byRecord.get(keyOf(collection, id)) ?? []).filter((entry) => entry.refusal),
    counts: () => ({ waiting: entries.size - refused, refused }),
    async commit(changes) {
      if (changes.length === 0) return { ok: true, value: undefined };
      const written = await journal.commit(changes);
      if (!written.ok) return written;
      changes.forEach(follow);
      for (const tell of listeners) tell();
      return written;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function keyOf(collection: CollectionName, id: string): string {
  return `${collection}/${id}`;
}
