import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { TakeTurn } from "../database/turns.ts";
import { rpcErrorOf, type EditJournal } from "../edits/edit-journal.ts";
import type { JournalEntry } from "../journal/index.ts";
import type { LabelledEdit, SentEdits } from "./sent-edits.ts";

/**
 * The server was put back to a backup: what it had taken from this device goes into the journal once more, before
 * what it never had ([REST-2]). It knows those that the backup holds by their ids. Doing so twice changes nothing.
 */
export function resendAll({
  journal,
  sent,
  takeTurn,
}: {
  journal: EditJournal;
  sent: SentEdits;
  takeTurn: TakeTurn;
}): Promise<Result<void, RpcError>> {
  return takeTurn(async () => {
    const known = (await sent.list()).filter(({ edit }) => journal.get(edit.editId) === null);
    const unsent = journal.unsent();
    // One frame of the journal: an edit that is taken out to keep the order is back in the same moment.
    const written = await journal.append([
      ...unsent.map(({ edit }): JournalEntry => ({ type: "answered", editId: edit.editId })),
      ...[...known, ...unsent].map(asUnseen),
    ]);
    return written.ok ? ok() : err(rpcErrorOf(written.error));
  });
}

/** Revisions of before count for nothing now: every foreign value is compared, none is taken for seen ([REST-3]). */
function asUnseen({ edit, label, group }: LabelledEdit): JournalEntry {
  return {
    type: "edited",
    edit: { ...edit, rev: 0 },
    ...(label === null ? {} : { label }),
    ...(group === null ? {} : { group }),
  };
}
