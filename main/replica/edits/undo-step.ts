import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Change } from "../../../shared/sync/edit.ts";
import { readField, sameValue, type Doc } from "../../../shared/sync/fields.ts";
import type { Draft } from "../replica.ts";

/** How one edit is taken back. `changes` are those that were made: undoing puts `from` where `to` still stands. */
export type UndoStep = { collection: CollectionName; id: string } & (
  { kind: "delete" } | { kind: "restore" } | { kind: "set"; changes: Record<string, Change> }
);

/**
 * The draft that takes a step back. A field that somebody has changed since is theirs and stays.
 * @param now the record as it is seen; null = deleted
 */
export function draftOfUndo(step: UndoStep, now: Doc | null): Draft | null {
  const { collection, id } = step;
  if (step.kind !== "set") return { kind: step.kind, collection, id };
  const set: Record<string, FieldValue> = {};
  for (const [field, { from, to }] of Object.entries(step.changes)) {
    if (now && sameValue(readField(now, field), to)) set[field] = from;
  }
  return Object.keys(set).length > 0 ? { kind: "update", collection, id, set } : null;
}
