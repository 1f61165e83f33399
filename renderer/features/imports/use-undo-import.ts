import { undoImport } from "../../../shared/rpc/contract/files.ts";
import { useCommand, useEdits } from "../../client/index.ts";

/** Takes a whole import back, as a job that the desk shows. */
export function useUndoImport(): (importId: string, fileName: string) => Promise<void> {
  const undo = useCommand(undoImport);
  const { report } = useEdits();
  return async (importId, fileName) => {
    report(await undo({ importId }), `Taking back ${fileName}. What people changed since stays.`);
  };
}
