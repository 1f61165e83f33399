import type { PGlite } from "@electric-sql/pglite";

export type Failure =
  /** Records or indexes on the disk are not what was written. */
  | "damaged"
  /** The database has stopped working: from now on every statement fails. */
  | "broken";

/**
 * Tells of errors after which it makes no sense to go on with this database. Every statement passes through here,
 * whoever runs it.
 *
 * No statement fails before `tell` is through, whichever failed first: an error that nobody waits for ends the
 * process, and must not do so before what has happened is noted.
 */
export function watchFailures(
  pglite: PGlite,
  tell: (failure: Failure, cause: unknown) => Promise<void>,
): void {
  let telling: Promise<void> | null = null;
  async function watched<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      const failure = failureOf(cause);
      if (failure) telling ??= tell(failure, cause);
      await telling;
      throw cause;
    }
  }
  const { query, exec, execProtocolStream } = pglite;
  pglite.query = (...given) => watched(query.apply(pglite, given) as never);
  pglite.exec = (...given) => watched(exec.apply(pglite, given));
  pglite.execProtocolStream = (...given) => watched(execProtocolStream.apply(pglite, given));
}

/**
 * A full disk under the log is a PANIC, which PGlite survives as a process but not as a database; its later errors
 * are "internal" (XX000). A trap or an exit of the WebAssembly has no code at all.
 */
function failureOf(cause: unknown): Failure | null {
  const { code, name } = (cause ?? {}) as { code?: string; name?: string };
  if (code === "XX001" || code === "XX002") return "damaged";
  if (code === "XX000" || name === "RuntimeError" || name === "ExitStatus") return "broken";
  return null;
}
