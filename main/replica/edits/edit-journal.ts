import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import type { Journal, JournalError, JournalItem } from "../journal/index.ts";

/** What edits and sync need of the journal. */
export type EditJournal = Pick<
  Journal,
  "append" | "get" | "unsent" | "refused" | "byRecord" | "counts" | "onChange"
>;

/** Edits of one record that may still be taken, in order. Refused ones no longer show ([PUSH-3]). */
export function waitingOf(journal: EditJournal, collection: CollectionName, id: string): Edit[] {
  return journal
    .byRecord(collection, id)
    .filter(isWaiting)
    .map(({ edit }) => edit);
}

/** Everything that may still be taken: what is to be sent, and what waits for a refused creation ([PUSH-4]). */
export function listWaiting(journal: EditJournal): JournalItem[] {
  return [...journal.unsent(), ...journal.refused().filter(isWaiting)];
}

export function hasWaiting(journal: EditJournal): boolean {
  const { unsent, blocked } = journal.counts();
  return unsent + blocked > 0;
}

function isWaiting({ status }: JournalItem): boolean {
  return status.kind !== "refused";
}

/** What a journal that could not be written means to the person. */
export function rpcErrorOf({ code, message }: JournalError): RpcError {
  return { code: code === "disk-full" || code === "read-only" ? code : "internal", message };
}
