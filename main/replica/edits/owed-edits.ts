import type { Timers } from "../../../shared/result/ports.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { TakeTurn } from "../database/turns.ts";
import { diskTroubleOf } from "../pglite-storage/index.ts";
import type { Layers } from "./layers.ts";

/**
 * Edits that the journal holds and the records do not show, because the disk filled between the two. They are kept
 * and will be sent ([JOURNAL-1], [JOURNAL-2]); they are laid over the records as soon as there is room, without
 * anybody's help.
 */
export type OwedEdits = {
  /** Runs what lays edits over records. @returns what stood in the way, where it was the disk; the edits are then owed */
  lay(work: () => Promise<void>): Promise<DiskTrouble | null>;
  stop(): void;
};

type DiskTrouble = NonNullable<ReturnType<typeof diskTroubleOf>>;

const retryAfterMs = 5_000;

export function createOwedEdits({
  layers,
  takeTurn,
  timers,
}: {
  layers: Pick<Layers, "recover">;
  takeTurn: TakeTurn;
  timers: Timers;
}): OwedEdits {
  let cancel: (() => void) | null = null;
  let stopped = false;

  function retryLater(): void {
    if (stopped) return;
    cancel ??= timers.after(retryAfterMs, () => {
      cancel = null;
      void takeTurn(retry);
    });
  }

  async function retry(): Promise<void> {
    // A database that has broken down meanwhile is opened anew, and then lays everything over the records too.
    if (!stopped) await layers.recover().catch(retryLater);
  }

  return {
    async lay(work) {
      const trouble = await diskTroubleIn(work);
      if (trouble) retryLater();
      return trouble;
    },
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

/** What kept some work from being done, where it was the disk. @throws whatever else went wrong */
export async function diskTroubleIn(work: () => Promise<void>): Promise<DiskTrouble | null> {
  try {
    await work();
    return null;
  } catch (cause) {
    const trouble = diskTroubleOf(cause);
    if (trouble === null) throw cause;
    return trouble;
  }
}

const words = {
  "disk-full": { why: "The disk is full", when: "when there is room again" },
  "read-only": { why: "Ringside may not write to its folder", when: "when it may again" },
} as const;

/** The journal has them, the records do not show them yet. */
export function keptUnseen(trouble: DiskTrouble, count: number): RpcError {
  const { why, when } = words[trouble];
  const what = count === 1 ? "Your change is" : `${count} changes are`;
  return {
    code: trouble,
    message: `${why}. ${what} kept and will be sent; you see ${count === 1 ? "it" : "them"} ${when}.`,
    details: { kept: count },
  };
}

/** Whether something of what an error tells of is in the journal all the same. */
export function isKept({ details }: RpcError): boolean {
  const { kept = 0 } = (details ?? {}) as { kept?: number };
  return kept > 0;
}

/** Nothing was kept: the disk refused before the journal was asked. */
export function notKept(trouble: DiskTrouble): RpcError {
  return { code: trouble, message: `${words[trouble].why}: nothing was saved.`, details: { kept: 0 } };
}

/** Adds what went well before an error came in the middle of a long list. */
export function afterOthers(error: RpcError, before: number): RpcError {
  if (before === 0) return error;
  const { kept = 0 } = (error.details ?? {}) as { kept?: number };
  const message = `${error.message} ${before} before ${before === 1 ? "was" : "were"} saved.`;
  return { ...error, message, details: { kept: before + kept } };
}
