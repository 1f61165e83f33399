import { useMemo } from "react";
import {
  createRecord,
  deleteRecords,
  editRecords,
  undo,
  type Undoable,
} from "../../shared/rpc/contract/records.ts";
import type { InputOf } from "../../shared/rpc/define.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import type { Result } from "../../shared/result/result.ts";
import { useToast, type Toast } from "../ui/floating/toast.tsx";
import { useClient } from "./hooks.tsx";
import type { Client } from "../../shared/rpc/client.ts";

export type EditsApi = {
  create: (input: InputOf<typeof createRecord>) => Promise<Result<Undoable & { id: string }, RpcError>>;
  edit: (edits: InputOf<typeof editRecords>["edits"], label: string) => Promise<Result<Undoable, RpcError>>;
  remove: (
    collection: InputOf<typeof deleteRecords>["collection"],
    ids: InputOf<typeof deleteRecords>["ids"],
    label: string,
  ) => Promise<Result<Undoable, RpcError>>;
  /** Says what was done, with Undo, or why it was not. */
  report: <T extends object>(result: Result<T, RpcError>, label: string) => Result<T, RpcError>;
  /** Undoes what was done under this id, and says so. */
  takeBack: (undoId: string) => Promise<void>;
};

/** Edits that tell the person what they did and can be taken back: nothing asks "are you sure?". */
export function useEdits(): EditsApi {
  const client = useClient();
  const toast = useToast();
  return useMemo(() => createEdits(client, toast), [client, toast]);
}

function createEdits(client: Client, toast: (toast: Toast) => void): EditsApi {
  return {
    create: async (input) => report(await client.call(createRecord, input), input.label),
    edit: async (edits, label) => report(await client.call(editRecords, { edits, label }), label),
    remove: async (collection, ids, label) =>
      report(await client.call(deleteRecords, { collection, ids, label }), label),
    report,
    takeBack,
  };

  function report<T extends object>(result: Result<T, RpcError>, label: string): Result<T, RpcError> {
    if (!result.ok) toast({ text: result.error.message, trouble: true });
    else toast({ text: label, undo: undoOf(result.value) });
    return result;
  }

  function undoOf(done: object): (() => void) | undefined {
    // Empty: nothing was done that was not done already.
    if (!("undoId" in done) || typeof done.undoId !== "string" || done.undoId === "") return undefined;
    const { undoId } = done;
    return () => void takeBack(undoId);
  }

  async function takeBack(undoId: string): Promise<void> {
    const result = await client.call(undo, { undoId });
    toast(
      result.ok
        ? { text: `Taken back: ${result.value.label}` }
        : { text: result.error.message, trouble: true },
    );
  }
}
