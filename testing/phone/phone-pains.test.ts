import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join, matchesGlob } from "node:path";
import { expect, test } from "vitest";
import vitest from "../../vitest.config.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const rows = read("docs/phone-pains.md")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (?:---|Pain|Control)/u.test(line));
const namedIn = (row: string) =>
  [...row.matchAll(/`([^`]+\.ts)`: “([^”]+)”/gu)].map(([, file = "", title = ""]) => ({ file, title }));
const named = rows.flatMap(namedIn);
const files = [...new Set(named.map(({ file }) => file))];

test("every pain and every control of docs/phone-pains.md names a test", () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => namedIn(row).length === 0)).toEqual([]);
});

test("every test that docs/phone-pains.md names is there, and in no comment", () => {
  const missing = named.filter(
    ({ file, title }) => !existsSync(join(root, file)) || !withoutComments(read(file)).includes(title),
  );
  expect(missing).toEqual([]);
});

test("no file that docs/phone-pains.md names sets tests aside", () => {
  expect(files.filter((file) => setsAside(withoutComments(read(file))))).toEqual([]);
});

test.each([
  ['test.skip("a call is answered", async () => {', true],
  ["  it.todo(`a call is answered`);", true],
  ["await test.step.skip('a call is answered', async () => {", true],
  ["test.fixme();", true],
  ["describe.skip.each([1, 2])(", true],
  ["  test.skip(true, why);", true],
  ['test.only("another call", () => {', true],
  ['test.describe.fixme("calls", () => {', true],
  ['test.skip(kamailio === null, "Kamailio is not installed");', false],
  ["describe.skipIf(!kamailio)(", false],
])("%s sets tests aside: %s", (line, aside) => {
  expect(setsAside(line)).toBe(aside);
});

test("every file that docs/phone-pains.md names is run by a project of Vitest or Playwright", () => {
  expect(files.filter((file) => !isRun(file))).toEqual([]);
  expect(isRun("testing/phone/used-by-nobody.ts")).toBe(false);
});

function withoutComments(source: string): string {
  return source.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gmu, "");
}

/** Whatever the machine has; what asks first whether something is installed runs where it is. */
function setsAside(source: string): boolean {
  return /\.only\b|\.(?:skip|fixme|todo)(?:\.\w+)*\(\s*(?:["'`)[]|true\b)|\bx(?:it|test|describe)\(/u.test(
    source,
  );
}

/** A suite that tests share is run by those that use it. */
function isRun(file: string): boolean {
  if (isOfVitest(file) || isOfPlaywright(file)) return true;
  if (/\.test\.tsx?$/u.test(file)) return false;
  const taken = new RegExp(`from "[^"]*/${basename(file).replaceAll(".", "\\.")}"`, "u");
  return sources().some(([user, source]) => taken.test(source) && isRun(user));
}

function isOfVitest(file: string): boolean {
  const matches = (globs: readonly string[] = []) => globs.some((glob) => matchesGlob(file, glob));
  return (vitest.test?.projects ?? []).some((project) => {
    if (typeof project !== "object" || !("test" in project)) return false;
    return matches(project.test?.include) && !matches(project.test?.exclude);
  });
}

/** Its settings change the process that reads them. */
function isOfPlaywright(file: string): boolean {
  const [, all = ""] = /const all = "([^"]+)"/u.exec(read("playwright.config.ts")) ?? [];
  return matchesGlob(file, all);
}

let found: [string, string][] | null = null;
function sources(): [string, string][] {
  found ??= globSync(["testing/**/*.ts", "{main,renderer,shared,sync-server}/**/*.test.ts"], {
    cwd: root,
  }).map((file) => [file, read(file)]);
  return found;
}
