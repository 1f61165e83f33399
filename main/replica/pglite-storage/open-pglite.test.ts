import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { openPGlite } from "./open-pglite.ts";

let parent = "";
let made = "";

// Making a database takes seconds on a busy machine, so it is made once and copied.
beforeAll(async () => {
  made = join(mkdtempSync(join(tmpdir(), "ringside-open-")), "deep", "db");
  mkdirSync(`${made}.new`, { recursive: true });
  writeFileSync(join(`${made}.new`, "PG_VERSION"), "what an interrupted creation left");
  const opened = await openPGlite(made);
  if (!opened.ok) throw opened.error.cause;
  await opened.value.exec("CREATE TABLE t (name text); INSERT INTO t VALUES ('Émile'), ('zoë'), ('Ana')");
  await opened.value.close();
}, 120_000);
afterAll(() => rmSync(join(made, "..", ".."), { recursive: true, force: true }));

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "ringside-open-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

test("a new folder is small, keeps what is written, and compares text by code point", async () => {
  expect(sizeOf(made)).toBeLessThan(20e6);
  expect(readdirSync(join(made, ".."))).toEqual(["db"]);
  const opened = await openPGlite(made);
  if (!opened.ok) throw opened.error.cause;
  const { rows } = await opened.value.query("SELECT name FROM t ORDER BY name");
  expect(rows).toEqual([{ name: "Ana" }, { name: "zoë" }, { name: "Émile" }]);
  const found = await opened.value.query("SELECT name FROM t WHERE name ILIKE 'é%'");
  expect(found.rows).toEqual([{ name: "Émile" }]);
  await opened.value.close();
});

test("a damaged database is reported as one, and left as it is", async () => {
  const folder = join(parent, "db");
  cpSync(made, folder, { recursive: true });
  truncateSync(join(folder, "global", "pg_control"), 10);
  const before = readdirSync(folder);
  expect(await openPGlite(folder)).toMatchObject({ ok: false, error: { code: "damaged" } });
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(before));
});

test("a place where no folder can be made is an error, not a crash", async () => {
  writeFileSync(join(parent, "file"), "");
  expect(await openPGlite(join(parent, "file", "db"))).toMatchObject({
    ok: false,
    error: { code: "failed" },
  });
});
