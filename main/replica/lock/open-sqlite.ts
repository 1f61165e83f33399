import type { DatabaseSync } from "node:sqlite";

export type SqliteConnection = Pick<DatabaseSync, "exec" | "close">;

/**
 * A connection that never waits for a lock.
 * Node 24 announces node:sqlite as experimental on stderr wherever it is loaded. Two statements are all we use of
 * it, so that one announcement is left out; every other warning passes.
 */
export function openSqlite(path: string): SqliteConnection {
  const { emitWarning } = process;
  process.emitWarning = ((warning: string | Error, ...rest: never[]) => {
    if (!String(warning).startsWith("SQLite is an experimental")) emitWarning.call(process, warning, ...rest);
  }) as typeof emitWarning;
  try {
    const sqlite = process.getBuiltinModule("node:sqlite");
    return new sqlite.DatabaseSync(path, { timeout: 0 });
  } finally {
    process.emitWarning = emitWarning;
  }
}
