import { checkRecord, type FieldRule } from "../../../shared/entities/check-record.ts";
import { applyEdit, type Author, type Master } from "../../../shared/sync/apply-edit.ts";
import { authorise, takesBack, type Actor } from "../../../shared/sync/authorise.ts";
import type { Edit, Refusal } from "../../../shared/sync/edit.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import { isErased } from "../go-along.ts";
import { addHistory } from "../history.ts";
import { hear } from "../call-log.ts";
import { keyOf, parentOf, placeRecord, type Row, type RowSet } from "../rows.ts";
import { findUnstorable } from "./unstorable.ts";
import { rulesInForce } from "./field-rules.ts";
import type { Outcome } from "./outcomes.ts";

/** What a push works on: rows that it holds locked, and who pushes. */
export type Batch = {
  rows: RowSet;
  actor: Actor;
  author: Author;
  keys: ReadonlySet<string>;
  /** The server's clock; one instant for the whole batch. */
  now: string;
  storedRules: readonly FieldRule[];
  /** Edits, by id, that rest on what their author wrote, where others have worked with the record since ([PUSH-10]). */
  workedOn: ReadonlySet<string>;
  /** Settings that cannot be removed now, by id. */
  inUse: ReadonlyMap<string, Refusal>;
  /** Those of `rows` that are settings. */
  settings: readonly Row[];
};

/** Takes one edit into the rows in memory, or refuses it whole ([EDIT-1], [PUSH-5]). */
export function takeEdit(batch: Batch, edit: Edit): Outcome {
  const unstorable = findUnstorable(edit);
  if (unstorable) return refused(unstorable);
  const row = batch.rows.get(keyOf(edit));
  if (row === undefined) throw new Error(`the batch did not lock ${keyOf(edit)}`);
  const writers = batch.workedOn.has(edit.editId) ? {} : (row.master?.touched ?? {});
  const stands = row.master && { ...row.master, touched: writers };
  if (stands && !isVisible(batch, row) && !takesBack(batch.actor, edit, stands)) return refused(outOfSight);
  if (isErased(row)) return edit.kind === "delete" ? { outcome: "accepted" } : refused(sayErased(row));
  const forbidden = authorise(batch.actor, edit, row.master?.doc ?? null, writers);
  if (forbidden) return refused(forbidden);
  const inUse = edit.kind === "delete" ? batch.inUse.get(edit.id) : undefined;
  if (inUse && edit.collection === "settings") return refused(inUse);

  const applied = applyEdit(row.master, edit, batch.author, batch.now);
  if (applied.outcome === "refused") return applied;
  if (applied.master === row.master) return { outcome: applied.outcome };
  const problem = findProblem(batch, edit, row, applied.master.doc);
  if (problem) return refused(problem);

  if (edit.kind === "report") hear(batch.rows, row, withinSight(batch, row, applied.master));
  else placeRecord(batch.rows, row, applied.master);
  addHistory(batch.rows, row, applied.history, { ...batch.author, at: batch.now });
  return { outcome: applied.outcome };
}

const outOfSight: Refusal = {
  code: "not-found",
  message: "This record is not on the server, or no longer yours to change.",
};

function sayErased({ master }: Row): Refusal {
  const message =
    typeof master?.doc["callId"] === "string"
      ? "The call, or whom it was with, was deleted more than a week ago: what was said of it is erased."
      : "This was deleted, and is erased by now.";
  return { code: "deleted", message };
}

/** The line only suggests whose call it was: a lead that its agent may not see is not told of it. */
function withinSight(batch: Batch, row: Row, told: Master): Master {
  return findLostParent(batch, row, told.doc) ? { ...told, doc: { ...told.doc, leadId: null } as Doc } : told;
}

function refused(refusal: Refusal): Outcome {
  return { outcome: "refused", refusal };
}

export function isVisible(batch: Pick<Batch, "keys">, row: Pick<Row, "audience">): boolean {
  return row.audience.some((key) => batch.keys.has(key));
}

function findProblem(batch: Batch, edit: Edit, row: Row, doc: Doc): Refusal | null {
  if (edit.kind !== "create" && edit.kind !== "update") return null;
  const changed = edit.kind === "create" ? "all" : Object.keys(edit.changes);
  const rules = rulesInForce(batch.storedRules, batch.settings);
  const problem = checkRecord(edit.collection, doc, rules, changed, row.master?.doc);
  if (problem) {
    const { field, message, unknown } = problem;
    return {
      code: unknown ? "unknown-field" : "invalid",
      message: message.slice(0, 500),
      field: field.slice(0, 80),
    };
  }
  return findLostParent(batch, row, doc);
}

/** A record may be hung only on what its author sees: otherwise it would tell them who may see a stranger's lead. */
function findLostParent(batch: Batch, row: Row, doc: Doc): Refusal | null {
  const parent = parentOf(row.collection, doc);
  if (parent === null || parent.id === row.parentId) return null;
  const parentRow = batch.rows.get(keyOf(parent));
  if (parentRow?.master && isVisible(batch, parentRow)) return null;
  const field = typeof doc["leadId"] === "string" ? "leadId" : "subject";
  return {
    code: "not-found",
    message: "What this belongs to is not on the server, or no longer yours to see.",
    field,
  };
}
