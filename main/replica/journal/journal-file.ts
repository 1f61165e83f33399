import { dirname } from "node:path";
import type { FilePort, OpenFile } from "./file-port.ts";

/** An append-only file that knows which of its bytes were acknowledged. */
export interface JournalFile {
  /** Acknowledged length in bytes. */
  readonly length: number;
  /** Returns when the bytes survive a power cut; throws with none of them in the file's acknowledged part. */
  append(bytes: Uint8Array): Promise<void>;
  /** Puts a file with these bytes in this one's place, in one step. */
  replace(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** @param length acknowledged bytes; what follows them is cut off before the first append */
export async function openJournalFile(files: FilePort, path: string, length: number): Promise<JournalFile> {
  let file: OpenFile = await files.open(path);
  let acknowledged = length;
  let hasRest = true;
  let isFolderSynced = false;

  /** What a failed write left behind goes before anything is added; the sync after that write covers both. */
  async function cutRest(): Promise<void> {
    if (!hasRest) return;
    await file.truncate(acknowledged);
    hasRest = false;
  }

  async function syncFolder(): Promise<void> {
    if (isFolderSynced) return;
    await files.syncFolder(dirname(path));
    isFolderSynced = true;
  }

  return {
    get length() {
      return acknowledged;
    },

    async append(bytes) {
      await cutRest();
      hasRest = true;
      try {
        await file.write(bytes, acknowledged);
        await file.sync();
        await syncFolder();
      } catch (error) {
        // A sync that failed once may say yes the next time without having written: start over from what is known.
        await cutRest().catch(() => {});
        throw error;
      }
      hasRest = false;
      acknowledged += bytes.length;
    },

    async replace(bytes) {
      const next = await writeNewFile(files, `${path}.new`, bytes);
      try {
        await files.rename(`${path}.new`, path);
      } catch (error) {
        await next.close();
        throw error;
      }
      const previous = file;
      file = next;
      acknowledged = bytes.length;
      hasRest = false;
      // Until the folder is synced a power cut may bring the old file back: no append is acknowledged before.
      isFolderSynced = false;
      await previous.close();
      await syncFolder();
    },

    close: () => file.close(),
  };
}

/** Returns when the bytes survive a power cut; the file's name does once its folder is synced. */
export async function writeNewFile(files: FilePort, path: string, bytes: Uint8Array): Promise<OpenFile> {
  await files.remove(path);
  const file = await files.open(path);
  try {
    await file.write(bytes, 0);
    await file.sync();
    return file;
  } catch (error) {
    await file.close();
    await files.remove(path).catch(() => {});
    throw error;
  }
}
