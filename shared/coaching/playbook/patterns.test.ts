import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePattern, mostSteps } from "./patterns.ts";

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
  const text = `${"a".repeat(3_000)}!`;
  // Where it took the square of the length, or worse, the run would end by its time limit.
  for (const source of ["(a+)+$", "(a|aa)+$", "(.*a){12}$", String.raw`^(\w+\s?)+$`])
    expect(find(source, text)).toEqual([]);
});

test("an expression that looks to the end for each of its matches is left off after its steps", () => {
  const places = find(".*zz|[a-z]", "abcdefghij".repeat(100_000));
  expect(places.length).toBeGreaterThan(0);
  expect(places.length).toBeLessThan(mostSteps / longest);
});

test("in a text of any length each match is found once, whole, as JavaScript finds it", () => {
  const words = fc.array(fc.constantFrom("free", "freed", "12", "345", "per cent", "é", "a"), {
    maxLength: 900,
  });
  const source = fc.constantFrom(
    String.raw`\bfree\b`,
    String.raw`\d+ per cent`,
    String.raw`^a\b`,
    "12 345|a$",
  );
  fc.assert(
    fc.property(words, source, (said, pattern) => {
      const text = said.join(" ");
      const own = [...text.matchAll(new RegExp(pattern, "gu"))];
      expect(find(pattern, text)).toEqual(
        own.map(({ index, 0: match }) => ({ from: index, to: index + match.length })),
      );
    }),
    { numRuns: 60 },
  );
});

test("finds every place, never an empty one", () => {
  expect(compilePattern(String.raw`\bfree|$`).ok).toBe(false);
  expect(find("free", "Free, and free again")).toEqual([
    { from: 0, to: 4 },
    { from: 10, to: 14 },
  ]);
  expect(find(String.raw`\b`, "Free again")).toEqual([]);
});

/** Of a look. */
const longest = 1_000;

function find(source: string, text: string): { from: number; to: number }[] {
  const compiled = compilePattern(source);
  if (!compiled.ok) throw new Error(compiled.error);
  return compiled.value.find(text, mostSteps);
}
