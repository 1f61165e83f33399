import { expect, test } from "vitest";
import { readFlag } from "./read-flag.ts";

test.each([
  ["true", true],
  ["false", false],
  ["", false],
  [undefined, false],
])("a flag that is %s", (value, expected) => {
  expect(readFlag("FROM_SOURCES", { FROM_SOURCES: value })).toBe(expected);
});

test("whatever else a flag says is an error that names it", () => {
  expect(() => readFlag("FROM_SOURCES", { FROM_SOURCES: "no" })).toThrow(
    "FROM_SOURCES must be true or false, not no",
  );
});
