import { z } from "zod";
import { AsideCall } from "../../../shared/calls/aside-call.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { diskTroubleOf } from "../pglite-storage/index.ts";
import { openSealedJson } from "../journal/index.ts";

type Kept = Result<Record<string, never>, RpcError>;

/**
 * Calls of which nobody has said yet whose they are, in a file of the person's that is sealed as their unsent edits are,
 * and stays with those when they sign out: they alone read it, once they are back.
 */
export type CallsAside = {
  /** Empty where there are none, or where the file makes no sense any more. */
  read(): Promise<AsideCall[]>;
  /** Resolves when they are on disk; `disk-full` or `read-only` where they cannot be written there now. */
  keep(calls: readonly AsideCall[]): Promise<Kept>;
};

/** @param journalKey of the person's unsent edits */
export function openCallsAside(path: string, journalKey: Uint8Array): CallsAside {
  const file = openSealedJson(path, journalKey, "calls aside", z.array(AsideCall));
  let writing: Promise<unknown> = Promise.resolve();
  return {
    async read() {
      await writing;
      return (await file.read()) ?? [];
    },
    keep(calls) {
      const kept = writing.then(() => file.write([...calls])).then(() => ok({}), refusalOf);
      writing = kept.catch(() => {});
      return kept;
    },
  };
}

function refusalOf(cause: unknown): Kept {
  const code = diskTroubleOf(cause);
  if (code === null) throw cause;
  return err({ code, message: "Calls that may turn out to be yours cannot be kept on this disk now." });
}
