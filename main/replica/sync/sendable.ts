import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import type { JournalEntry } from "../edits/journal-port.ts";

/**
 * The next edits to send, in the order in which they were made ([PUSH-1]). Refused ones stay, and with them whatever
 * builds on a refused creation ([PUSH-4]).
 */
export function nextBatch(entries: Iterable<JournalEntry>, maxEdits: number, maxBytes: number): Edit[] {
  const batch: Edit[] = [];
  let bytes = 0;
  const neverMade = new Set<string>();
  for (const { edit, refusal } of entries) {
    const held = refusal !== null || buildsOn(edit, neverMade);
    if (held && edit.kind === "create") neverMade.add(edit.id);
    if (held) continue;
    bytes += JSON.stringify(edit).length;
    if (batch.length > 0 && (batch.length === maxEdits || bytes > maxBytes)) break;
    batch.push(edit);
  }
  return batch;
}

/** Edits that wait for a refused creation, with it. In order. */
export function heldBy(creation: Edit, entries: Iterable<JournalEntry>): JournalEntry[] {
  const neverMade = new Set<string>([creation.id]);
  const held: JournalEntry[] = [];
  for (const entry of entries) {
    if (entry.refusal !== null || !buildsOn(entry.edit, neverMade)) continue;
    if (entry.edit.kind === "create") neverMade.add(entry.edit.id);
    held.push(entry);
  }
  return held;
}

/** True when the edit changes one of these records, or points to one. */
export function buildsOn(edit: Edit, recordIds: ReadonlySet<string>): boolean {
  if (recordIds.size === 0) return false;
  if (recordIds.has(edit.id)) return true;
  return valuesOf(edit).some((value) => typeof value === "string" && recordIds.has(value));
}

function valuesOf(edit: Edit): FieldValue[] {
  if (edit.kind === "create") return Object.values(edit.fields);
  return edit.kind === "update" ? Object.values(edit.changes).map(({ to }) => to) : [];
}
