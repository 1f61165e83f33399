import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serialize } from "node:v8";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openReplicaDatabase } from "./open-database.ts";
import { findTemplate, unpackTemplate } from "./unpack-template.ts";

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ringside-template-"));
  folder = join(root, "database");
});
afterEach(() => rm(root, { recursive: true, force: true }));

function pack(entries: { path: string; content: Uint8Array | null }[]): string {
  const file = join(root, "template.gz");
  writeFileSync(file, gzipSync(serialize(entries)));
  return file;
}

async function countTables(template: string | null): Promise<number> {
  const opened = await openReplicaDatabase(folder, { template });
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  const rows = await opened.value.sql("select 1 from pg_tables where schemaname = 'replica'");
  await opened.value.close();
  return rows.length;
}

test("a new database is the template's, and what an interrupted unpacking left is gone", async () => {
  mkdirSync(`${folder}.new`);
  writeFileSync(join(`${folder}.new`, "PG_VERSION"), "the beginning of one");
  expect(unpackTemplate(findTemplate(), folder)).toBe(true);
  expect(readdirSync(root)).toEqual(["database"]);
  const unpacked = readFileSync(join(folder, "global", "pg_control"));
  rmSync(folder, { recursive: true });
  expect(unpackTemplate(findTemplate(), folder)).toBe(true);
  expect(readFileSync(join(folder, "global", "pg_control"))).toEqual(unpacked);
  expect(await countTables(null)).toBeGreaterThan(13);
});

test("what stands there is left alone, and a file that is no template makes nothing", () => {
  const template = pack([{ path: "PG_VERSION", content: Buffer.from("18") }]);
  mkdirSync(folder);
  writeFileSync(join(folder, "PG_VERSION"), "mine");
  expect(unpackTemplate(template, folder)).toBe(false);
  expect(readFileSync(join(folder, "PG_VERSION"), "utf8")).toBe("mine");
  writeFileSync(template, "not a template");
  expect(unpackTemplate(template, join(root, "other"))).toBe(false);
  expect(unpackTemplate(join(root, "missing.gz"), join(root, "other"))).toBe(false);
  expect(existsSync(join(root, "other"))).toBe(false);
});

test("a template that does not fit gives way to a database made from nothing", async () => {
  const template = pack([{ path: "PG_VERSION", content: Buffer.from("9") }]);
  expect(await countTables(template)).toBeGreaterThan(13);
  expect(readFileSync(join(folder, "PG_VERSION"), "utf8")).not.toBe("9");
});
