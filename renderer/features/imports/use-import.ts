import { useMemo } from "react";
import {
  cancelImport,
  importState,
  runImport,
  setImportOptions,
  type ImportOptions,
} from "../../../shared/rpc/contract/files.ts";
import { useCommand, useEdits, useLive, type Live } from "../../client/index.ts";
import type { ImportState } from "./import-words.ts";

export type SetOptions = (options: Partial<ImportOptions>) => void;

/** One import: how it stands and what can be done with it. Failures are said in a toast. */
export function useImport(importId: string): {
  live: Live<ImportState>;
  setOptions: SetOptions;
  run: () => void;
  cancel: () => void;
} {
  const live = useLive(importState, { importId });
  const options = useCommand(setImportOptions);
  const start = useCommand(runImport);
  const stop = useCommand(cancelImport);
  const { report } = useEdits();
  const commands = useMemo(() => {
    const orSay = async (running: ReturnType<typeof start>) => {
      const result = await running;
      if (!result.ok) report(result, "");
    };
    return {
      setOptions: (part: Partial<ImportOptions>) => void orSay(options({ importId, options: part })),
      run: () => void orSay(start({ importId })),
      cancel: () => void orSay(stop({ importId })),
    };
  }, [importId, options, start, stop, report]);
  return { live, ...commands };
}
