import type { FieldValue, Instant } from "../../../shared/entities/fields.ts";
import type { EditId, RecordId } from "../../../shared/entities/id.ts";
import { assertNever } from "../../../shared/result/result.ts";
import type { Change, Edit } from "../../../shared/sync/edit.ts";
import { byPath, readField, sameValue, type Doc } from "../../../shared/sync/fields.ts";
import { mergeField } from "../../../shared/sync/merge.ts";
import type { Draft } from "../replica.ts";
import { stepOf, type UndoStep } from "./undo-step.ts";

/** An edit with the step that takes it back; `undo` null = nothing can. */
export type Made = { edit: Edit; undo: UndoStep | null };
export type Stamp = { editId: EditId; at: Instant };
type DraftOf<K extends Draft["kind"]> = Extract<Draft, { kind: K }>;

/**
 * What a person wants, as the edit that says it: only what changes, with the values it was typed over ([EDIT-2]).
 * @param draft checked against the schema of its collection
 * @param before the record as the person sees it; null = there is none
 * @returns null when it changes nothing, or there is nothing left to change
 */
export function makeEdit(draft: Draft, before: Doc | null, stamp: Stamp): Made | null {
  const edit = editOf(draft, before, stamp);
  return edit && { edit, undo: stepOf(edit, before) };
}

function editOf(draft: Draft, before: Doc | null, stamp: Stamp): Edit | null {
  const { collection } = draft;
  const base = { ...stamp, collection, id: draft.id as RecordId, rev: before?.rev ?? 0 };
  switch (draft.kind) {
    case "create":
      return before
        ? updateOf(asUpdate(draft), before, base)
        : { ...base, kind: "create", fields: draft.fields };
    case "update":
      return before && updateOf(draft, before, base);
    case "take-back":
      return before
        ? updateOf(asSet(draft), before, base)
        : { ...base, kind: "update", changes: draft.changes };
    case "delete":
      return before && { ...base, kind: "delete" };
    case "restore":
      return before ? null : { ...base, kind: "restore" };
    case "settle":
      return before && settleOf(draft, before, base);
    case "report":
      return { ...base, kind: "report", events: draft.events };
    default:
      return assertNever(draft);
  }
}

type Base = Stamp & Pick<Edit, "collection" | "id" | "rev">;

/** Creating what is there is the same person trying again ([EDIT-7]). */
function asUpdate({ collection, id, fields }: DraftOf<"create">): DraftOf<"update"> {
  return { kind: "update", collection, id, set: byPath(fields) };
}

function asSet({ collection, id, changes }: DraftOf<"take-back">): DraftOf<"update"> {
  const of = (side: keyof Change) =>
    Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change[side]]));
  return { kind: "update", collection, id, set: of("to"), seen: of("from") };
}

function updateOf({ set, seen = {} }: DraftOf<"update">, before: Doc, base: Base): Edit | null {
  const changes: Record<string, Change> = {};
  for (const [field, to] of Object.entries(set)) {
    const stands = readField(before, field);
    const from = seen[field] === undefined ? stands : seen[field];
    const change = changeOf(field, { from, to }, stands);
    if (change) changes[field] = change;
  }
  return Object.keys(changes).length > 0 ? { ...base, kind: "update", changes } : null;
}

/**
 * What came in while the person typed is joined in, so that nobody's lines are lost. What cannot be joined goes as it was
 * typed, over what they saw: then the server keeps the other value ([EDIT-3], [EDIT-4]).
 */
function changeOf(field: string, typed: Change, stands: FieldValue): Change | null {
  if (sameValue(typed.to, stands) || sameValue(typed.from, typed.to)) return null;
  if (sameValue(typed.from, stands)) return typed;
  const merged = mergeField(field, typed.from, typed.to, stands);
  if (merged.lost !== undefined) return typed;
  return sameValue(merged.value, stands) ? null : { from: stands, to: merged.value };
}

function settleOf(draft: DraftOf<"settle">, before: Doc, base: Base): Edit | null {
  const open = before.kept.some(({ id, settledAt }) => id === draft.keptId && settledAt === null);
  return open ? { ...base, kind: "settle", keptId: draft.keptId } : null;
}
