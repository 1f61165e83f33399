import { dirname, basename } from "node:path";
import type { FilePort } from "../../main/replica/journal/index.ts";

export type MemoryFiles = FilePort & {
  /** Every write from now on fails with this code of Node's (`ENOSPC` …); null = all is well again. */
  failWith(code: string | null): void;
  /** A disk with the same content: what a copy of the folder holds. */
  copy(): MemoryFiles;
};

/** A disk that outlives whoever uses it, and no process. Quadratic in the size of a file: for small ones. */
export function createMemoryFiles(stored: ReadonlyMap<string, Buffer> = new Map()): MemoryFiles {
  // An open file follows its bytes, not its name: renaming it does not disturb whoever writes.
  const files = new Map([...stored].map(([path, bytes]) => [path, { bytes }]));
  let failure: string | null = null;

  function requireHealth(): void {
    if (failure) throw Object.assign(new Error(failure), { code: failure });
  }

  return {
    failWith(code) {
      failure = code;
    },
    copy: () => createMemoryFiles(new Map([...files].map(([path, { bytes }]) => [path, bytes]))),
    read: async (path) => files.get(path)?.bytes ?? null,
    async open(path) {
      const file = files.get(path) ?? { bytes: Buffer.alloc(0) };
      files.set(path, file);
      return {
        async write(bytes, position) {
          requireHealth();
          const after = Buffer.alloc(Math.max(file.bytes.length, position + bytes.length));
          file.bytes.copy(after);
          after.set(bytes, position);
          file.bytes = after;
        },
        async truncate(length) {
          file.bytes = file.bytes.subarray(0, length);
        },
        sync: async () => requireHealth(),
        close: async () => {},
      };
    },
    async rename(from, to) {
      const file = files.get(from);
      if (file) files.set(to, file);
      files.delete(from);
    },
    remove: async (path) => void files.delete(path),
    list: async (folder) =>
      [...files.keys()].filter((path) => dirname(path) === folder).map((path) => basename(path)),
    makeFolder: async () => {},
    syncFolder: async () => {},
  };
}
