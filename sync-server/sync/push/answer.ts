import type { Edit } from "../../../shared/sync/edit.ts";
import type { PushResponse } from "../../../shared/sync/wire.ts";
import { keyOf, type Row } from "../rows.ts";
import type { Outcomes } from "./outcomes.ts";
import { isVisible, type Batch } from "./take-edit.ts";

/** The JSON of a `PushResponse`: each edit with the record as it stands after the whole batch ([PUSH-6]). */
export function answerTo(
  batch: Batch,
  edits: readonly Edit[],
  outcomes: Outcomes,
  readAs: Pick<PushResponse, "scope" | "xid">,
): string {
  const results = edits.map((edit) => {
    const outcome = outcomes.get(edit.editId);
    if (outcome === undefined) throw new Error(`edit ${edit.editId} has no outcome`);
    return { editId: edit.editId, ...outcome, doc: visibleDoc(batch, batch.rows.get(keyOf(edit))) };
  });
  return JSON.stringify({ results, ...readAs });
}

function visibleDoc(batch: Batch, row: Row | undefined): unknown {
  if (!row?.master || row.master.deleted || !isVisible(batch, row)) return null;
  return row.master.doc;
}
