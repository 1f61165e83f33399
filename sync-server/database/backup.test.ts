import { sql } from "drizzle-orm";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BackupFailed } from "./backup-file.ts";
import { backUp, backUpRunning, restore } from "./backup.ts";
import { inTenant, rowsOf, type Database } from "./database.ts";
import { readFeedEpoch } from "./feed-epoch.ts";
import { FolderLocked } from "./folder-lock.ts";
import { openDatabase } from "./open.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-backup-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = () => ({ kind: "embedded", dataDir: join(folder, "data") }) as const;
const scope = { tenantId: "t" };

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openDatabase(config());
  return work(db).finally(() => db.close());
}

const insert = (db: Database, id: string) =>
  inTenant(db, scope, (tx) =>
    tx.execute(
      sql`INSERT INTO leads (tenant_id, id, doc, rev, audience, touched) VALUES ('t', ${id}, '{}', 1, '{all}', '{}')`,
    ),
  );
const idsIn = (db: Database) =>
  inTenant(db, scope, async (tx) =>
    (await rowsOf<{ id: string }>(tx, sql`SELECT id FROM leads ORDER BY id`)).map(({ id }) => id),
  );

test("a backup made while the database is open brings back what was there, as a new epoch of the feed", async () => {
  const file = join(folder, "ringside.backup");
  const before = await withDatabase(async (db) => {
    await insert(db, "kept");
    await backUpRunning(db, file, new Date());
    await insert(db, "later");
    await expect(restore(config(), file, new Date()), "a running server is noticed").rejects.toThrow(
      FolderLocked,
    );
    return readFeedEpoch(db.owner);
  });
  const aside = await restore(config(), file, new Date("2026-01-01T00:00:00.000Z"));
  expect(aside && existsSync(aside)).toBe(true);
  await withDatabase(async (db) => {
    expect(await idsIn(db)).toEqual(["kept"]);
    expect(await readFeedEpoch(db.owner)).not.toBe(before);
  });
});

test("a backup of a stopped database, and a second one over it", async () => {
  await withDatabase((db) => insert(db, "kept"));
  const file = join(folder, "ringside.backup");
  await backUp(config(), file, new Date());
  await backUp(config(), file, new Date());
  await rm(config().dataDir, { recursive: true });
  expect(await restore(config(), file, new Date())).toBeNull();
  await withDatabase(async (db) => expect(await idsIn(db)).toEqual(["kept"]));
});

test("a file that is no backup, or only the beginning of one, replaces nothing", async () => {
  await withDatabase((db) => insert(db, "kept"));
  const file = join(folder, "ringside.backup");
  await backUp(config(), file, new Date());
  await truncate(file, (await stat(file)).size - 100);
  await expect(restore(config(), file, new Date())).rejects.toThrow("cannot be read as a backup");
  await writeFile(file, "not a backup");
  await expect(restore(config(), file, new Date())).rejects.toThrow("cannot be read as a backup");
  await expect(restore(config(), join(folder, "missing"), new Date())).rejects.toThrow("There is no file");
  await withDatabase(async (db) => expect(await idsIn(db)).toEqual(["kept"]));
});

test("a file that cannot be written says why, and leaves nothing behind", async () => {
  await withDatabase((db) => insert(db, "kept"));
  await writeFile(join(folder, "a-file"), "");
  await mkdir(join(folder, "taken", "by"), { recursive: true });
  const failing = (file: string) => expect(backUp(config(), join(folder, file), new Date())).rejects;
  await failing("missing/ringside.backup").toEqual(new BackupFailed(`${join(folder, "missing/ringside.backup")} cannot be written: its folder does not exist.`)); // prettier-ignore
  await failing("a-file/ringside.backup").toThrow("its folder is a file");
  await failing("taken").toThrow("there is a folder of that name");
  // Linux has a device that is always full.
  if (existsSync("/dev/full")) {
    await symlink("/dev/full", join(folder, "full.unfinished"));
    await failing("full").toThrow("the disk is full");
  }
  expect((await readdir(folder)).toSorted()).toEqual(["a-file", "data", "taken"]);
});

test("two processes or servers never open one folder", async () => {
  await withDatabase(async () => {
    await expect(openDatabase(config())).rejects.toThrow(FolderLocked);
    expect(await readFile(join(config().dataDir, "lock.json"), "utf8")).toContain(String(process.pid));
  });
  await withDatabase((db) => db.ping(1_000));
});
