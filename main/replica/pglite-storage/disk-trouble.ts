import { open, rm } from "node:fs/promises";
import { join } from "node:path";

/** What keeps a database from writing, and passes by itself. */
export type DiskTrouble = "disk-full" | "read-only";

/**
 * What an error, Node's or the database's, says about the disk; null = nothing.
 * PostgreSQL's 53100 is disk_full; where it has no code of its own, its text quotes the operating system. What another
 * process of ours has found out it says in our own words.
 */
export function diskTroubleOf(cause: unknown): DiskTrouble | null {
  const { code, message = "" } = (cause ?? {}) as { code?: string; message?: string };
  if (code === "disk-full" || code === "read-only") return code;
  if (code === "ENOSPC" || code === "EDQUOT" || code === "53100" || /no space left/iu.test(message)) {
    return "disk-full";
  }
  if (code === "EROFS" || code === "EACCES" || code === "EPERM" || /read-only file system/iu.test(message)) {
    return "read-only";
  }
  return null;
}

/** What the database takes at most before it has cleared away its own log: a few segments of 1 MB. */
const probeBytes = 4 << 20;

/**
 * Asks the disk itself. A database that runs out of space while it starts or writes its log says only that it
 * failed, in the same words as a damaged one.
 */
export async function probeDisk(folder: string): Promise<DiskTrouble | null> {
  const path = join(folder, "ringside.probe");
  try {
    const file = await open(path, "w");
    await file.writeFile(Buffer.alloc(probeBytes)).finally(() => file.close());
    return null;
  } catch (cause) {
    return diskTroubleOf(cause);
  } finally {
    await rm(path, { force: true }).catch(() => {});
  }
}
