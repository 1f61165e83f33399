import type { Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Edit, Refusal } from "../../../shared/sync/edit.ts";

/** An edit that the server has not taken, with what the person was told they did. */
export type JournalEntry = {
  edit: Edit;
  label: string;
  /** Null while it waits to be sent; otherwise why the server will not take it ([PUSH-3]). */
  refusal: Refusal | null;
};

export type JournalChange =
  | { do: "add"; entry: JournalEntry }
  /** The server has taken it, or a person has discarded it ([JOURNAL-2]). */
  | { do: "remove"; editId: string }
  | { do: "refuse"; editId: string; refusal: Refusal };

/** The journal as the replica uses it. A change that is answered ok is on disk (fsync). */
export interface EditJournal {
  /** Everything in it, in the order in which it was added. */
  entries(): readonly JournalEntry[];
  /** All of them or none, with one fsync. */
  commit(changes: readonly JournalChange[]): Promise<Result<void, RpcError>>;
}
