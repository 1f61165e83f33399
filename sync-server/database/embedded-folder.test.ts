import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { rowsOf } from "./database.ts";
import { findTemplate } from "./embedded-folder.ts";
import { readFeedEpoch } from "./feed-epoch.ts";
import { openDatabase } from "./open.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ringside-folder-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function epochOf(name: string, template: string | null): Promise<string> {
  const db = await openDatabase({ kind: "embedded", dataDir: join(root, name), template });
  return readFeedEpoch(db.owner).finally(() => db.close());
}

test("servers that were made from one template have epochs of their own, and keep them", async () => {
  const template = findTemplate();
  expect(template).not.toBeNull();
  const first = await epochOf("first", template);
  expect(await epochOf("second", template)).not.toBe(first);
  expect(await epochOf("first", template)).toBe(first);
});

test("without a template that fits, the database is made from nothing, over what was begun there", async () => {
  const template = join(root, "template.gz");
  writeFileSync(template, "not a template");
  const unfinished = join(root, "server", "pgdata.new");
  mkdirSync(unfinished, { recursive: true });
  writeFileSync(join(unfinished, "PG_VERSION"), "the beginning of one");
  const made = await epochOf("server", template);
  expect(existsSync(unfinished)).toBe(false);
  expect(await epochOf("server", template)).toBe(made);
});

test("what was asked for before the end is done, also what waits for another", async () => {
  const db = await openTestDatabase();
  const first = db.transaction(async (tx) => {
    await setImmediate();
    return rowsOf(tx, sql`SELECT 1 AS n`);
  });
  const second = db.transaction((tx) => rowsOf(tx, sql`SELECT 2 AS n`));
  await db.close();
  expect(await Promise.all([first, second])).toEqual([[{ n: 1 }], [{ n: 2 }]]);
});
