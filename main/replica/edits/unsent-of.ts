import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Unsent } from "../../../shared/rpc/contract/records.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { byPath } from "../../../shared/sync/fields.ts";
import { waitingOf, type EditJournal } from "./edit-journal.ts";

/** What of a record is not on the server, by field: waiting to go, or refused. */
export function unsentOf(journal: EditJournal, collection: CollectionName, id: string): Unsent {
  const waiting = waitingOf(journal, collection, id).flatMap(fieldsOf);
  const refused = journal.byRecord(collection, id).flatMap(({ edit, status }) =>
    status.kind === "refused"
      ? changesOf(edit).map(({ field, to }) => ({
          editId: edit.editId,
          field,
          value: to,
          refusal: status.refusal,
        }))
      : [],
  );
  return { waiting: [...new Set(waiting)], refused };
}

/** The fields that an edit touches; `*` where it is about the record as a whole. */
export function fieldsOf(edit: Edit): string[] {
  const changes = changesOf(edit);
  return changes.length > 0 ? changes.map(({ field }) => field) : ["*"];
}

export type FieldChange = { field: string; from: FieldValue; to: FieldValue };

/** An edit as the person reads it: field by field. */
export function changesOf(edit: Edit): FieldChange[] {
  if (edit.kind === "update")
    return Object.entries(edit.changes).map(([field, change]) => ({ field, ...change }));
  if (edit.kind === "create") {
    return Object.entries(byPath(edit.fields))
      .filter(([, to]) => !isEmpty(to))
      .map(([field, to]) => ({ field, from: null, to }));
  }
  return [];
}

function isEmpty(value: FieldValue): boolean {
  if (value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
