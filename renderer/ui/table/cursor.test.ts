import { expect, test } from "vitest";
import { findRow, nextCursor, placeOf } from "./cursor.ts";

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

test.each([
  ["a row above it came", ["new", "a", "b", "c"], 2],
  ["a row above it went", ["b", "c"], 0],
  ["it was sorted to the end", ["a", "c", "d", "e", "b"], 4],
  ["nothing changed", ["a", "b", "c"], 1],
  ["it is no longer in the list", ["a", "c"], null],
])("a row that was second is found where %s", (_, ids, place) => {
  expect(findRow((index) => ids[index], "b", 1)).toBe(place);
});

test.each([
  [["new", "a", "b", "c"], 2, "its row"],
  [["a", "c", "d"], 1, "whoever took its place"],
  [["a"], 0, "the last where nobody did"],
  [[], 0, "the top of nothing"],
])("in %j a kept second row is at %d: %s", (ids, place) => {
  expect(placeOf({ id: "b", place: 1 }, ids)).toBe(place);
});

test("where no row is kept it is the first", () => {
  expect(placeOf(null, ["a", "b"])).toBe(0);
});
