import { statfs } from "node:fs/promises";
import { leastFreeBytes } from "../../database/index.ts";

/** Beyond what the database needs: it works on meanwhile. */
const keptFreeBytes = 4 * leastFreeBytes;

/** How much there is still room for on the disk of a folder, bytes. */
export type FreeBytes = (folder: string) => Promise<number>;

export const readFreeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** What is brought must not fill the disk: then nothing at all is kept any more. @throws as a disk that is full does */
export async function requireRoom(folder: string, bytes: number, freeBytes: FreeBytes): Promise<void> {
  if ((await freeBytes(folder)) - bytes < keptFreeBytes)
    throw Object.assign(new Error("The disk is nearly full."), { code: "ENOSPC" });
}

export function saysNoRoom(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === "ENOSPC";
}

/** For whoever brought it. @param name as they call it */
export function noRoomFor(name: string): string {
  return `The server’s disk has not enough room for ${name}.`;
}
