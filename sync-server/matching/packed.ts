// Vectors as bytes: numbers of four bytes, the least byte first, as every machine that runs this has them in memory.

/** @returns base64 */
export function pack(vector: Float32Array): string {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString("base64");
}

/** @param packed base64 */
export function unpack(packed: string): Float32Array {
  const bytes = Buffer.from(packed, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
