import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { EditId, RecordId } from "../../../shared/entities/id.ts";
import { assertNever } from "../../../shared/result/result.ts";
import type { Edit, Refusal } from "../../../shared/sync/edit.ts";

/** One line of the journal. What happened, never how things stand: how they stand is derived. */
export type JournalEntry =
  /** `label` is what the sync panel shows, `group` what is undone together (one import, one bulk edit). */
  | { type: "edited"; edit: Edit; label?: string; group?: string }
  /** The server took it, as it was or merged. */
  | { type: "answered"; editId: EditId }
  | { type: "refused"; editId: EditId; refusal: Refusal }
  /** It builds on a creation that was refused, and waits with it [PUSH-4]. */
  | { type: "blocked"; editId: EditId; by: EditId }
  /** A person wants it sent again, or what it waited for has gone through. */
  | { type: "retried"; editId: EditId }
  /** A person gave it up, or the server refused what no person had made ([PUSH-3]). */
  | { type: "discarded"; editId: EditId };

export type EditStatus =
  { kind: "unsent" } | { kind: "refused"; refusal: Refusal } | { kind: "blocked"; by: EditId };

export type JournalItem = {
  readonly edit: Edit;
  readonly label: string | null;
  readonly group: string | null;
  readonly status: EditStatus;
};

/**
 * What one entry makes of one edit; null = it is no longer in the journal.
 * Pure, and the only place that decides. Invariants:
 * - only `answered` and `discarded` remove an edit [JOURNAL-2];
 * - an entry about an edit that is not here changes nothing, so that a log replayed twice gives the same state.
 */
export function nextItem(item: JournalItem | null, entry: JournalEntry): JournalItem | null {
  if (entry.type === "edited") {
    const { edit, label = null, group = null } = entry;
    return item ?? { edit, label, group, status: { kind: "unsent" } };
  }
  if (!item) return null;
  switch (entry.type) {
    case "answered":
    case "discarded":
      return null;
    case "refused":
      return { ...item, status: { kind: "refused", refusal: entry.refusal } };
    case "blocked":
      return { ...item, status: { kind: "blocked", by: entry.by } };
    case "retried":
      return { ...item, status: { kind: "unsent" } };
    default:
      return assertNever(entry);
  }
}

export type JournalCounts = Record<EditStatus["kind"], number>;

export type RecordRef = { collection: CollectionName; id: RecordId };

/** All edits in the order in which they were made, by id and by record. */
export class JournalState {
  readonly counts: JournalCounts = { unsent: 0, refused: 0, blocked: 0 };
  readonly #items = new Map<EditId, JournalItem>();
  readonly #byRecord = new Map<string, Set<EditId>>();

  /** @returns the records that look different now */
  apply(entries: readonly JournalEntry[]): RecordRef[] {
    const touched = new Map<string, RecordRef>();
    for (const entry of entries) {
      const record = this.#applyOne(entry);
      if (record) touched.set(recordKey(record.collection, record.id), record);
    }
    return [...touched.values()];
  }

  #applyOne(entry: JournalEntry): RecordRef | null {
    const id = entry.type === "edited" ? entry.edit.editId : entry.editId;
    const before = this.#items.get(id) ?? null;
    const after = nextItem(before, entry);
    if (before === after) return null;
    if (before) this.counts[before.status.kind]--;
    if (after) this.counts[after.status.kind]++;
    if (after) this.#items.set(id, after);
    else this.#items.delete(id);
    const item = after ?? before;
    if (!item) return null;
    const record = { collection: item.edit.collection, id: item.edit.id };
    this.#index(recordKey(record.collection, record.id), id, after !== null);
    return record;
  }

  #index(key: string, id: EditId, present: boolean): void {
    const ids = this.#byRecord.get(key) ?? new Set();
    if (present) ids.add(id);
    else ids.delete(id);
    if (ids.size > 0) this.#byRecord.set(key, ids);
    else this.#byRecord.delete(key);
  }

  get size(): number {
    return this.#items.size;
  }

  get(editId: EditId): JournalItem | null {
    return this.#items.get(editId) ?? null;
  }

  /** The oldest `limit` edits that are, or are not, waiting to be sent. */
  list(isUnsent: boolean, limit = Number.POSITIVE_INFINITY): JournalItem[] {
    const listed: JournalItem[] = [];
    for (const item of this.#items.values()) {
      if (listed.length >= limit) break;
      if ((item.status.kind === "unsent") === isUnsent) listed.push(item);
    }
    return listed;
  }

  byRecord(collection: CollectionName, id: string): JournalItem[] {
    const ids = this.#byRecord.get(recordKey(collection, id)) ?? [];
    return [...ids].flatMap((editId) => this.#items.get(editId) ?? []);
  }

  /** The shortest log that gives this state. */
  *entries(): Generator<JournalEntry> {
    for (const { edit, label, group, status } of this.#items.values()) {
      yield {
        type: "edited",
        edit,
        ...(label === null ? {} : { label }),
        ...(group === null ? {} : { group }),
      };
      const { editId } = edit;
      if (status.kind === "refused") yield { type: "refused", editId, refusal: status.refusal };
      if (status.kind === "blocked") yield { type: "blocked", editId, by: status.by };
    }
  }
}

function recordKey(collection: CollectionName, id: string): string {
  return `${collection}/${id}`;
}
