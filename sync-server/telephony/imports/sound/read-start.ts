import { open } from "node:fs/promises";

/** As many bytes of a file as there are, up to `length`. */
export async function readStart(path: string, length: number, at = 0): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
