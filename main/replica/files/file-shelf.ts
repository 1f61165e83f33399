import { open, stat } from "node:fs/promises";
import { maxChunkBytes, type readFile } from "../../../shared/rpc/contract/files.ts";
import { err, ok } from "../../../shared/result/result.ts";
import type { CommandHandler } from "../../rpc/handlers.ts";

export type FileHandle = { fileId: string; fileName: string; sizeBytes: number };

/** Files that the replica has written and a window may read in pieces. Windows know ids, never paths. */
export type FileShelf = {
  put(path: string, fileName: string): Promise<FileHandle>;
  readFile: CommandHandler<typeof readFile>;
};

/** So many are readable at once; who comes back later asks for a new one. */
const mostFiles = 20;

export function createFileShelf(newId: () => string): FileShelf {
  const paths = new Map<string, string>();
  return {
    async put(path, fileName) {
      const fileId = newId();
      paths.set(fileId, path);
      const oldest = paths.size > mostFiles ? paths.keys().next().value : undefined;
      if (oldest !== undefined) paths.delete(oldest);
      return { fileId, fileName, sizeBytes: (await stat(path)).size };
    },
    async readFile({ fileId, offset }) {
      const path = paths.get(fileId);
      if (path === undefined)
        return err({ code: "not-found", message: "This file is no longer kept. Make it again." });
      const file = await open(path);
      try {
        const piece = Buffer.alloc(maxChunkBytes);
        const { bytesRead } = await file.read(piece, 0, piece.length, offset);
        const { size } = await file.stat();
        return ok({
          base64: piece.subarray(0, bytesRead).toString("base64"),
          done: offset + bytesRead >= size,
        });
      } finally {
        await file.close();
      }
    },
  };
}
