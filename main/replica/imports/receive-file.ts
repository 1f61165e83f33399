import { maxChunkBytes, type addImportChunk } from "../../../shared/rpc/contract/files.ts";
import type { ParsedInputOf } from "../../../shared/rpc/define.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { ImportStore } from "./import-store.ts";

/** Files on their way in, piece by piece. */
export type Receiver = {
  begin(importId: string, sizeBytes: number): Promise<void>;
  /** @returns whether the file is whole now */
  take(chunk: ParsedInputOf<typeof addImportChunk>): Promise<Result<boolean, RpcError>>;
  forget(importId: string): void;
};

export function createReceiver(store: ImportStore): Receiver {
  const arriving = new Map<string, { chunks: number; bytes: number; expected: number }>();
  return {
    async begin(importId, sizeBytes) {
      await store.create(importId);
      arriving.set(importId, { chunks: 0, bytes: 0, expected: sizeBytes });
    },
    async take({ importId, index, base64, last }) {
      const file = arriving.get(importId);
      if (!file) return err({ code: "not-found", message: "This file is not being received." });
      // A piece that comes again was received already: its answer was lost.
      if (index < file.chunks) return ok(false);
      if (index > file.chunks) return err({ code: "bad-input", message: "A piece of the file is missing." });
      const piece = Buffer.from(base64, "base64");
      if (file.bytes + piece.length > file.expected + maxChunkBytes) {
        return err({ code: "too-large", message: "The file is larger than announced." });
      }
      // Counted before it is written: two windows that send the same piece at once do not double it.
      arriving.set(importId, { ...file, chunks: index + 1, bytes: file.bytes + piece.length });
      await store.append(importId, piece);
      if (last) arriving.delete(importId);
      return ok(last);
    },
    forget: (importId) => void arriving.delete(importId),
  };
}
