import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** What no test can prove. */
const uncited: Readonly<Record<string, string>> = {
  "REST-4": "says what is lost for good: a thing that nobody does",
};

const rules = [...read("shared/sync/SPEC.md").matchAll(/^- \[([A-Z]+-\d+)\]/gmu)].map(([, id = ""]) => id);
const cited = new Set(
  ["main", "renderer", "shared", "sync-server", "testing"]
    .flatMap((folder) => globSync(`${folder}/**/*{.test,-suite,-tests}.{ts,tsx}`, { cwd: root }))
    .filter((file) => join(root, file) !== import.meta.filename)
    .flatMap((file) => citationsIn(read(file))),
);

test("every rule of shared/sync/SPEC.md is in the title of a test that proves it", () => {
  expect(rules.length).toBeGreaterThan(50);
  expect(rules.filter((id) => !cited.has(id) && !(id in uncited))).toEqual([]);
});

test("no title cites a rule that shared/sync/SPEC.md does not have, and what is said to be uncited is", () => {
  expect([...cited].filter((id) => !rules.includes(id))).toEqual([]);
  expect(Object.keys(uncited).filter((id) => cited.has(id) || !rules.includes(id))).toEqual([]);
});

test.each([
  ['test("[A-1] [B-2] edits wait", () => {', ["A-1", "B-2"]],
  ["  test.each([1, 2])(\n    `waits [A-1]`,\n", ["A-1"]],
  ['  // test("[A-1] edits wait", () => {', []],
  ["/** Waits, as [A-1] says. */", []],
  ["expect(text).toBe('it waits'); // [A-1]", []],
])("of %j are cited: %j", (source, ids) => {
  expect(citationsIn(source)).toEqual(ids);
});

/** The rules that stand in text, as titles do: what a comment says is no test. */
function citationsIn(source: string): string[] {
  const code = source.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gmu, "");
  return [...code.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/gu)].flatMap(([text]) =>
    [...text.matchAll(/\[([A-Z]+-\d+)\]/gu)].map(([, id = ""]) => id),
  );
}
