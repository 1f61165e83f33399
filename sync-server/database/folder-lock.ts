import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";

export type FolderLock = { release(): void };

/** Another process works in the folder. PGlite itself would let both in and lose rows of both. */
export class FolderLocked extends Error {
  constructor(folder: string, holder: string) {
    super(`The folder ${folder} is in use by ${holder}. Stop that one first, or name another folder.`);
  }
}

/**
 * Holds the folder for this process until it is released or the process ends, however it ends: SQLite keeps an
 * operating system's lock on a file, the only kind of lock that Node offers on all systems.
 * @throws FolderLocked
 */
export function lockFolder(folder: string): FolderLock {
  const holderFile = join(folder, "lock.json");
  const lock = openSqlite(join(folder, "lock"));
  try {
    lock.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new FolderLocked(folder, readHolder(holderFile));
    throw error;
  }
  const holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() };
  writeFileSync(holderFile, JSON.stringify(holder));
  return { release: () => lock.close() };
}

/** Node calls node:sqlite experimental on stderr whenever it loads; a lock is all we ask of it, so that stays unsaid. */
function openSqlite(file: string): DatabaseSync {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return new (process.getBuiltinModule("node:sqlite").DatabaseSync)(file);
  } finally {
    process.emitWarning = emitWarning;
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && (error as Error & { errcode?: number }).errcode === 5;
}

function readHolder(holderFile: string): string {
  try {
    const { pid, host, since } = JSON.parse(readFileSync(holderFile, "utf8")) as Record<string, string>;
    return `process ${pid} on ${host} since ${since}`;
  } catch {
    return "another process";
  }
}
