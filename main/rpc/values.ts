import { isDeepStrictEqual } from "node:util";

/** Deeper than any input of ours; whatever reads an input recursively must not run out of stack. */
const maxDepth = 100;

/**
 * Whether a value is nested too deeply or weighs more than so many bytes, stopping as soon as it is. Strings count
 * a byte a character, anything else 8 and what it holds: a bound on memory, not a measure of the wire.
 */
export function isTooLarge(value: unknown, maxBytes: number): boolean {
  // Level by level. A structured clone may hold cycles.
  const seen = new Set<object>();
  let level: unknown[] = [value];
  let bytes = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return true;
    const below: unknown[] = [];
    for (const next of level) {
      bytes += 8;
      if (typeof next === "string") bytes += next.length;
      else if (typeof next === "object" && next !== null && !seen.has(next)) {
        seen.add(next);
        bytes += ownWeight(next);
        if (bytes <= maxBytes) for (const content of contentsOf(next)) below.push(content);
      }
      if (bytes > maxBytes) return true;
    }
    level = below;
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
