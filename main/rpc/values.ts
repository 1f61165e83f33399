import { isDeepStrictEqual } from "node:util";

/**
 * Whether a value weighs more than so many bytes, stopping as soon as it does. Strings count a byte a character,
 * anything else 8 and what it holds: a bound on memory, not a measure of the wire.
 */
export function isLargerThan(value: unknown, maxBytes: number): boolean {
  const pending = [value];
  // A structured clone may hold cycles.
  const seen = new Set<object>();
  let bytes = 0;
  while (pending.length > 0) {
    const next = pending.pop();
    bytes += 8;
    if (typeof next === "string") bytes += next.length;
    else if (typeof next === "object" && next !== null && !seen.has(next)) {
      seen.add(next);
      bytes += ownWeight(next);
      if (bytes <= maxBytes) pending.push(...contentsOf(next));
    }
    if (bytes > maxBytes) return true;
  }
  return false;
}

/** Whether a value is the same after JSON, as it is after a structured clone. A missing answer (undefined) is. */
export function passesThroughJson(value: unknown): boolean {
  return value === undefined || isDeepStrictEqual(JSON.parse(JSON.stringify(value) ?? "null"), value);
}

function ownWeight(value: object): number {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
  if (Array.isArray(value)) return value.length * 8;
  if (value instanceof Map || value instanceof Set) return value.size * 16;
  return Object.keys(value).reduce((sum, key) => sum + key.length, 0);
}

function contentsOf(value: object): Iterable<unknown> {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return [];
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return value;
  return Object.values(value);
}
