import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/phone-pains.md"), "utf8");
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (?:---|Pain|Control)/u.test(line));
const namedIn = (row: string) =>
  [...row.matchAll(/`([^`]+\.ts)`: “([^”]+)”/gu)].map(([, file = "", title = ""]) => ({ file, title }));

test("every pain and every control of docs/phone-pains.md names a test", () => {
  expect(rows.length).toBeGreaterThan(30);
  expect(rows.filter((row) => namedIn(row).length === 0)).toEqual([]);
});

test("every test that docs/phone-pains.md names is there", () => {
  const missing = rows.flatMap(namedIn).filter(({ file, title }) => {
    const path = join(root, file);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(title);
  });
  expect(missing).toEqual([]);
});
