import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";

/** What the journal asks of a file system. Every call fails with Node's error codes (ENOSPC, EROFS …). */
export interface FilePort {
  /** Null where there is no such file. */
  read(path: string): Promise<Buffer | null>;
  /** Opens for writing, and makes the file where it is missing. */
  open(path: string): Promise<OpenFile>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  makeFolder(folder: string): Promise<void>;
  /** Makes new and renamed files in it survive a power cut. */
  syncFolder(folder: string): Promise<void>;
}

export interface OpenFile {
  /** Writes all bytes or fails; some of them may be there when it fails. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  truncate(length: number): Promise<void>;
  /** fdatasync: the bytes and the length survive a power cut. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export const diskFiles: FilePort = {
  async read(path) {
    try {
      return await readFile(path);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return null;
      throw error;
    }
  },
  open: openOnDisk,
  rename,
  remove: (path) => rm(path, { force: true }),
  list: (folder) => readdir(folder),
  async makeFolder(folder) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  },
  async syncFolder(folder) {
    // Windows has no such call and needs none: NTFS journals its folders.
    if (process.platform === "win32") return;
    const handle = await open(folder, "r");
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  },
};

async function openOnDisk(path: string): Promise<OpenFile> {
  const handle = await openOrCreate(path);
  return {
    async write(bytes, position) {
      let done = 0;
      while (done < bytes.length) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
        done += bytesWritten;
      }
    },
    truncate: (length) => handle.truncate(length),
    sync: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/** Not "a": on Linux that ignores positions, and after a failed write we go back to where it began. */
async function openOrCreate(path: string) {
  try {
    return await open(path, "r+");
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
    return open(path, "wx+", 0o600);
  }
}

export function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}
