import { expect, test } from "vitest";
import { nextCursor } from "./cursor.ts";

const list = { total: 100, pageRows: 20 };

test.each([
  [-1, "next", 0],
  [-1, "previous", 99],
  [5, "next", 6],
  [0, "previous", 0],
  [99, "next", 99],
  [50, "first", 0],
  [50, "last", 99],
  [90, "page-down", 99],
  [5, "page-up", 0],
] as const)("from %d, %s goes to %d", (from, key, to) => {
  expect(nextCursor(from, key, list)).toBe(to);
});

test("an empty list has no cursor", () => {
  expect(nextCursor(3, "next", { total: 0, pageRows: 20 })).toBe(-1);
});
