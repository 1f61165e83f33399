import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

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
export async function lockFolder(folder: string): Promise<FolderLock> {
  // Loaded only here: databases in memory and on PostgreSQL need no lock, and Node warns when it loads this.
  const { DatabaseSync } = await import("node:sqlite");
  const holderFile = join(folder, "lock.json");
  const lock = new DatabaseSync(join(folder, "lock"));
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
