import { err, ok } from "../../shared/result/result.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import type { EditJournal, JournalChange, JournalEntry } from "../../main/replica/edits/journal-port.ts";

export type MemoryJournal = EditJournal & {
  /** Every change from now on is answered with this; null = all is well again. */
  failWith(error: RpcError | null): void;
};

/** A journal that outlives the replica that uses it, as a file does, and no process. */
export function createMemoryJournal(): MemoryJournal {
  let entries: JournalEntry[] = [];
  let failure: RpcError | null = null;

  function follow(change: JournalChange): void {
    if (change.do === "add") entries.push({ ...change.entry });
    else if (change.do === "remove") entries = entries.filter(({ edit }) => edit.editId !== change.editId);
    else {
      entries = entries.map((entry) =>
        entry.edit.editId === change.editId ? { ...entry, refusal: change.refusal } : entry,
      );
    }
  }

  return {
    entries: () => entries,
    async commit(changes) {
      if (failure) return err(failure);
      changes.forEach(follow);
      return ok();
    },
    failWith(error) {
      failure = error;
    },
  };
}
