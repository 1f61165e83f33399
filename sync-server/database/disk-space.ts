import { statfsSync } from "node:fs";

/** There is no room for what was to be written. Nothing of it was. */
export class DiskFull extends Error {
  constructor(where: string, options?: ErrorOptions) {
    super(`${where} is full. Nothing is kept until there is room again.`, options);
  }
}

/**
 * Of its log PostgreSQL begins a new piece of 16 MB whenever the last is full, and cannot live without: it keeps two of
 * them free, and as much again for what requests and the checkpoint write meanwhile.
 */
export const leastFreeBytes = 64 << 20;

const lookEveryMs = 250;

export type DiskSpace = { isShort(): boolean };

/** Looks at most a few times a second. @param folder of the database */
export function watchDiskSpace(
  folder: string,
  now: () => number = Date.now,
  freeBytes: (folder: string) => number = readFreeBytes,
): DiskSpace {
  let lookedAtMs = -Infinity;
  let short = false;
  return {
    isShort() {
      if (now() - lookedAtMs >= lookEveryMs) {
        lookedAtMs = now();
        short = freeBytes(folder) < leastFreeBytes;
      }
      return short;
    },
  };
}

/** A disk that does not say how much it has is not judged. */
function readFreeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Infinity;
  }
}

/** PostgreSQL's disk_full. */
export function saysDiskFull(error: unknown): boolean {
  return codesOf(error).includes("53100");
}

/** What a write gets in a transaction that was told beforehand to read only. */
export function saysReadOnly(error: unknown): boolean {
  return codesOf(error).includes("25006");
}

/** Of an error and of what it was made of. */
function codesOf(error: unknown): (string | undefined)[] {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: unknown };
  return cause ? [code, ...codesOf(cause)] : [code];
}
