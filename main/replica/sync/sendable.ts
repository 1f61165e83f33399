import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { Edit } from "../../../shared/sync/edit.ts";

/** As many edits from the front as fit, and at least one. */
export function fitBatch(edits: readonly Edit[], maxBytes: number): Edit[] {
  let bytes = 0;
  const tooLong = edits.findIndex((edit, index) => {
    bytes += JSON.stringify(edit).length;
    return index > 0 && bytes > maxBytes;
  });
  return edits.slice(0, tooLong === -1 ? edits.length : tooLong);
}

/** Edits that build on a creation which was refused, directly or through another record ([PUSH-4]). In order. */
export function buildingOn(creation: Edit, edits: Iterable<Edit>): Edit[] {
  const neverMade = new Set<string>([creation.id]);
  const found: Edit[] = [];
  for (const edit of edits) {
    if (edit === creation || !touches(edit, neverMade)) continue;
    if (edit.kind === "create") neverMade.add(edit.id);
    found.push(edit);
  }
  return found;
}

/** True when the edit changes one of these records, or points to one. */
function touches(edit: Edit, recordIds: ReadonlySet<string>): boolean {
  if (recordIds.has(edit.id)) return true;
  return valuesOf(edit).some((value) => typeof value === "string" && recordIds.has(value));
}

function valuesOf(edit: Edit): FieldValue[] {
  if (edit.kind === "create") return Object.values(edit.fields);
  return edit.kind === "update" ? Object.values(edit.changes).map(({ to }) => to) : [];
}
