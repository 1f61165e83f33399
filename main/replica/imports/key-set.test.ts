import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createKeySet } from "./key-set.ts";

test("answers as a Map does that keeps the first value", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string(), fc.integer({ min: -1e6, max: 1e6 })), { maxLength: 300 }),
      (pairs) => {
        const keys = createKeySet();
        const expected = new Map<string, number>();
        for (const [key, value] of pairs) {
          keys.add(key, value);
          if (!expected.has(key)) expected.set(key, value);
        }
        for (const [key, value] of expected) expect(keys.get(key)).toBe(value);
        expect([keys.size(), keys.get("not among them")]).toEqual([
          expected.size,
          expected.get("not among them"),
        ]);
      },
    ),
  );
});

test("keeps hundreds of thousands of numbers apart", () => {
  const keys = createKeySet();
  const count = 300_000;
  for (let at = 0; at < count; at += 1) keys.add(`+1312${2_000_000 + at}`, at);
  expect(keys.size()).toBe(count);
  for (let at = 0; at < count; at += 997) expect(keys.get(`+1312${2_000_000 + at}`)).toBe(at);
  expect(keys.get("+13129999999")).toBeUndefined();
});
