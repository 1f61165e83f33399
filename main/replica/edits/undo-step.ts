import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Change, Edit, Refusal } from "../../../shared/sync/edit.ts";
import { readField, sameValue, type Doc } from "../../../shared/sync/fields.ts";
import type { Draft } from "../replica.ts";

/** How one thing that a person did is taken back. */
export type UndoStep = { collection: CollectionName; id: string } & (
  | { kind: "delete" }
  | { kind: "restore" }
  /** What stood before (`from`) and what stands since (`to`): undoing puts `from` where `to` still stands. */
  | { kind: "set"; changes: Record<string, Change> }
  /** An edit that was given up comes back to the journal, as it stood there. */
  | { kind: "keep-edit"; edit: Edit; label: string; refusal: Refusal | null }
);
export type KeptEdit = Extract<UndoStep, { kind: "keep-edit" }>;

/**
 * What takes an edit back; null = nothing can.
 * @param before the record as it stood when the edit was made; null = nobody knows: as its person saw it
 */
export function stepOf(edit: Edit, before: Doc | null = null): UndoStep | null {
  const { collection, id } = edit;
  switch (edit.kind) {
    case "create":
    case "restore":
      return { collection, id, kind: "delete" };
    case "delete":
      return { collection, id, kind: "restore" };
    case "update":
      return { collection, id, kind: "set", changes: stoodUnder(edit.changes, before) };
    default:
      return null;
  }
}

/** Somebody who typed over what a colleague wrote meanwhile gives it back to them. */
function stoodUnder(changes: Record<string, Change>, before: Doc | null): Record<string, Change> {
  return Object.fromEntries(
    Object.entries(changes).map(([field, { from, to }]) => [
      field,
      { from: before ? readField(before, field) : from, to },
    ]),
  );
}

/**
 * The draft that takes a step back. A field that somebody has changed since is theirs and stays.
 * @param now the record as it is seen; null = deleted
 */
export function draftOfUndo(step: UndoStep, now: Doc | null): Draft | null {
  const { collection, id } = step;
  if (step.kind === "keep-edit") return null;
  if (step.kind !== "set") return { kind: step.kind, collection, id };
  const set: Record<string, FieldValue> = {};
  for (const [field, { from, to }] of Object.entries(step.changes)) {
    if (now && sameValue(readField(now, field), to)) set[field] = from;
  }
  return Object.keys(set).length > 0 ? { kind: "update", collection, id, set } : null;
}
