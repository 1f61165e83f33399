import { access, constants, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { Instant } from "../../../shared/entities/fields.ts";
import { systemClock, type Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { openSqlite, type SqliteConnection } from "./open-sqlite.ts";

/** Who works in a folder, as it told about itself. */
export const LockHolder = z.object({
  pid: z.int(),
  host: z.string(),
  /** When it took the lock. */
  since: Instant,
  /** What its window says, so that a person can find it. */
  title: z.string(),
});
export type LockHolder = z.infer<typeof LockHolder>;

export type LockError =
  /** Somebody else works in this folder; `holder` is null where they have not yet said who they are. */
  | { code: "held"; holder: LockHolder | null; message: string }
  | { code: "read-only" | "disk-full" | "failed"; message: string; cause: unknown };

export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder for this process until `release`, or until the process ends however it ends.
 * PGlite takes no lock of its own, and two processes in one folder lose each other's rows without an error.
 *
 * What is held is a lock of the operating system on `replica.lock`, so nothing is left over to be cleaned up;
 * `replica.lock.json` only says who holds it.
 */
export async function acquireFolderLock(options: {
  folder: string;
  title: string;
  clock?: Clock;
}): Promise<Result<FolderLock, LockError>> {
  const { folder, title, clock = systemClock } = options;
  const path = join(folder, "replica.lock");
  let connection: SqliteConnection | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    connection = openSqlite(path);
    connection.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    connection?.close();
    return err(await explain(await findCause(cause, folder), path, folder));
  }
  const since = new Date(clock.now()).toISOString();
  await announce(path, { pid: process.pid, host: hostname(), since, title });
  return ok(holdLock(connection, path));
}

function holdLock(connection: SqliteConnection, path: string): FolderLock {
  return {
    async release() {
      await rm(holderPath(path), { force: true });
      connection.close();
    },
  };
}

function holderPath(path: string): string {
  return `${path}.json`;
}

/** Only for the message that others get: a full disk is no reason to refuse the folder to its owner. */
async function announce(path: string, holder: LockHolder): Promise<void> {
  const unfinished = `${holderPath(path)}.new`;
  try {
    await writeFile(unfinished, JSON.stringify(holder), { mode: 0o600 });
    await rename(unfinished, holderPath(path));
  } catch {
    await rm(unfinished, { force: true });
  }
}

/** SQLite says only that it could not open a file; the system says why. */
async function findCause(cause: unknown, folder: string): Promise<unknown> {
  if (((cause as { errcode?: number }).errcode ?? 0) % 256 !== sqliteCodes.cannotOpen) return cause;
  return access(folder, constants.W_OK).then(
    () => cause,
    (reason: unknown) => reason,
  );
}

async function explain(cause: unknown, path: string, folder: string): Promise<LockError> {
  const { errcode = 0, code } = cause as { errcode?: number; code?: string };
  if ([sqliteCodes.busy, sqliteCodes.locked].includes(errcode & 0xff)) return describeHolder(path, folder);
  if (
    code === "EROFS" ||
    code === "EACCES" ||
    code === "EPERM" ||
    (errcode & 0xff) === sqliteCodes.readOnly
  ) {
    return { code: "read-only", message: `Ringside may not write to ${folder}.`, cause };
  }
  if (code === "ENOSPC" || (errcode & 0xff) === sqliteCodes.full) {
    return { code: "disk-full", message: `The disk that holds ${folder} is full.`, cause };
  }
  return { code: "failed", message: `${folder} could not be locked.`, cause };
}

/** The low byte of SQLite's result codes. */
const sqliteCodes = { busy: 5, locked: 6, readOnly: 8, full: 13, cannotOpen: 14 };

async function describeHolder(path: string, folder: string): Promise<LockError> {
  const holder = await readHolder(path);
  const who = holder
    ? `“${holder.title}” (process ${holder.pid} on ${holder.host}, since ${holder.since})`
    : "another Ringside";
  return { code: "held", holder, message: `${who} is already working in ${folder}. Close it first.` };
}

async function readHolder(path: string): Promise<LockHolder | null> {
  try {
    return LockHolder.parse(JSON.parse(await readFile(holderPath(path), "utf8")));
  } catch {
    return null;
  }
}
