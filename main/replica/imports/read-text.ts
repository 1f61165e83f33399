import { createReadStream } from "node:fs";
import type { Encoding } from "./detect-encoding.ts";

const pieceBytes = 64 * 1024;

/** The text of a file in pieces, without its byte order mark and without what the database cannot hold. */
export async function* readText(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes })) {
    const text = decoder.decode(piece as Buffer, { stream: true });
    if (text !== "") yield cleanText(text);
  }
  const rest = decoder.decode();
  if (rest !== "") yield cleanText(rest);
}

/**
 * NUL and lone surrogates are no text: jsonb refuses them. A surrogate pair is never cut in two here, because
 * decoders hand over whole characters.
 */
function cleanText(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}
