import { expect, test } from "vitest";
import { compilePattern } from "./patterns.ts";

test.each([
  "(a+",
  "(?<=price )list",
  String.raw`(\w)\1`,
  "((a{100}){100}){100}",
  "(?:(?:(?:x{30}){30}){2})y",
  "a*",
  "",
])("refuses %s with a sentence", (source) => {
  const compiled = compilePattern(source);
  expect(compiled.ok ? "" : compiled.error).toMatch(/^This expression .+\.$/u);
});

test("what hangs a backtracking engine takes no longer than its text", () => {
  const hostile = ["(a+)+$", "(a|aa)+$", "(.*a){12}$", String.raw`^(\w+\s?)+$`].map(compilePattern);
  const text = `${"a".repeat(3_000)}!`;
  // Where it took the square of the length, or worse, the run would end by its time limit.
  for (const pattern of hostile) expect(pattern.ok && pattern.value.find(text)).toEqual([]);
});

test("finds every place, never an empty one", () => {
  const pattern = compilePattern(String.raw`\bfree|$`);
  expect(pattern.ok).toBe(false);
  const words = compilePattern("free");
  expect(words.ok && words.value.find("Free, and free again")).toEqual([
    { from: 0, to: 4 },
    { from: 10, to: 14 },
  ]);
});
