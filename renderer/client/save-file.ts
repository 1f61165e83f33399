import { readFile } from "../../shared/rpc/contract/files.ts";
import type { Client } from "../../shared/rpc/client.ts";

/** Fetches a file that the replica has written, piece by piece, and hands it to the browser's download. */
export async function saveFile(client: Client, file: { fileId: string; fileName: string }): Promise<void> {
  const url = URL.createObjectURL(await fetchFile(client, file.fileId));
  const link = Object.assign(document.createElement("a"), { href: url, download: file.fileName });
  link.click();
  URL.revokeObjectURL(url);
}

/** @throws where the replica no longer has the file */
export async function fetchFile(client: Client, fileId: string, mediaType = ""): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let offset = 0; ;) {
    const read = await client.call(readFile, { fileId, offset });
    if (!read.ok) throw new Error(read.error.message);
    const part = Uint8Array.from(atob(read.value.base64), (byte) => byte.charCodeAt(0));
    parts.push(part);
    offset += part.length;
    if (read.value.done) break;
  }
  return new Blob(parts, { type: mediaType });
}
