import type { Clock } from "../../../shared/result/ports.ts";
import { readNote, writeNote, type RunSql } from "../database/local-tables.ts";

/** When this desk last held all that the server had, and the server all edits; known also after a restart offline. */
export type LastSync = {
  /** ISO 8601; null = never. */
  at(): string | null;
  /** To be called as often as it is so: what is written down is at most `writeEveryMs` older. */
  isNow(): void;
  /** Writes down what has not been. */
  close(): Promise<void>;
};

const noteName = "last-sync";
const writeEveryMs = 20_000;

export async function openLastSync(sql: RunSql, clock: Clock): Promise<LastSync> {
  let at = await readNote(sql, noteName);
  let writtenAtMs = Number.NEGATIVE_INFINITY;
  let writing = Promise.resolve();

  function write(): void {
    if (at === null) return;
    const value = at;
    writtenAtMs = clock.now();
    // A disk that is full is told of by those who write what matters; this is only a time of day.
    writing = writing.then(() => writeNote(sql, noteName, value)).catch(() => {});
  }

  return {
    at: () => at,
    isNow() {
      at = new Date(clock.now()).toISOString();
      // A clock that was put back must not stop the writing.
      if (Math.abs(clock.now() - writtenAtMs) >= writeEveryMs) write();
    },
    close() {
      if (writtenAtMs !== Number.NEGATIVE_INFINITY) write();
      return writing;
    },
  };
}
