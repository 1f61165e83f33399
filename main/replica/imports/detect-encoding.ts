import { open } from "node:fs/promises";
import { giveWay } from "../live/slices.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

const pieceBytes = 256 * 1024;

/**
 * A byte order mark decides; without one, UTF-16 shows in its zero bytes and UTF-8 in being valid to the end of
 * the file; what is left is windows-1252, which every byte is.
 */
export async function detectEncoding(path: string): Promise<Encoding> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(4096);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return (
      markOf(head) ?? wideOf(head.subarray(0, bytesRead)) ?? ((await isUtf8(file)) ? "utf-8" : "windows-1252")
    );
  } finally {
    await file.close();
  }
}

function markOf(head: Uint8Array): Encoding | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : null;
}

/** Delimiters, digits and line ends have a zero byte in UTF-16 whatever the language: on one side only. */
function wideOf(head: Uint8Array): Encoding | null {
  let even = 0;
  let odd = 0;
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] !== 0) continue;
    if (at % 2 === 0) even += 1;
    else odd += 1;
  }
  const some = head.length / 10;
  if (odd > some && even < odd / 4) return "utf-16le";
  return even > some && odd < even / 4 ? "utf-16be" : null;
}

async function isUtf8(file: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const piece = Buffer.alloc(pieceBytes);
  try {
    for (let at = 0; ;) {
      const { bytesRead } = await file.read(piece, 0, pieceBytes, at);
      decoder.decode(piece.subarray(0, bytesRead), { stream: bytesRead > 0 });
      if (bytesRead === 0) return true;
      at += bytesRead;
      await giveWay();
    }
  } catch {
    return false;
  }
}
