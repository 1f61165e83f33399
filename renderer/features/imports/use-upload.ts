import { useCallback, useEffect, useRef, useState } from "react";
import { addImportChunk, beginImport, maxChunkBytes } from "../../../shared/rpc/contract/files.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import { useClient, type Client } from "../../client/index.ts";
import { pieces } from "./import-words.ts";

type Upload = { fileName: string; doneBytes: number; totalBytes: number };

/** Hands a file over piece by piece; the replica reads while pieces still come. */
export function useUpload(onBegun: (importId: string) => void): {
  upload: Upload | null;
  trouble: string | null;
  send: (file: File) => void;
} {
  const client = useClient();
  const [upload, setUpload] = useState<Upload | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const running = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    running.current = controller;
    return () => controller.abort();
  }, []);
  const send = useCallback(
    async (file: File) => {
      setTrouble(null);
      const report = (doneBytes: number) =>
        setUpload({ fileName: file.name, doneBytes, totalBytes: file.size });
      const sent = await sendFile(client, file, report, running.current.signal);
      setUpload(null);
      if (sent.ok) onBegun(sent.value);
      else setTrouble(sent.error.message);
    },
    [client, onBegun],
  );
  return { upload, trouble, send: (file) => void send(file) };
}

async function sendFile(
  client: Client,
  file: File,
  report: (doneBytes: number) => void,
  signal: AbortSignal,
): Promise<Result<string, RpcError>> {
  report(0);
  const begun = await client.call(beginImport, { fileName: file.name, sizeBytes: file.size });
  if (!begun.ok) return begun;
  const { importId } = begun.value;
  for (const [index, { start, end, last }] of pieces(file.size, maxChunkBytes).entries()) {
    const base64 = await readBase64(file.slice(start, end));
    if (base64 === null)
      return err({ code: "not-found", message: "The file cannot be read. Choose it again." });
    if (signal.aborted) return err({ code: "cancelled", message: "" });
    const taken = await client.call(addImportChunk, { importId, index, base64, last });
    if (!taken.ok) return taken;
    report(end);
  }
  return ok(importId);
}

/** Null when the file has gone or may not be read. The browser encodes it: bytes never pass through our code. */
function readBase64(part: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,?/u, "")));
    reader.addEventListener("error", () => resolve(null));
    reader.readAsDataURL(part);
  });
}
