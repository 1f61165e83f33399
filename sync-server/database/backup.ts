import { sql } from "drizzle-orm";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { BackupFailed, openBackup, writeBackup } from "./backup-file.ts";
import { dropTables, readTables, writeTables } from "./backup-rows.ts";
import { rowsOf, type Database, type DatabaseConfig, type Tx } from "./database.ts";
import { openEmbedded } from "./embedded.ts";
import { beginFeedEpoch } from "./feed-epoch.ts";
import { lockFolder } from "./folder-lock.ts";
import { DatabaseTooNew, migrateTo, newestSchema, readSchema } from "./migrate.ts";
import { openPostgres } from "./postgres.ts";
import { describeRunning } from "./running-nodes.ts";

/**
 * Writes the whole database, as it is at one moment, to one file that either kind of database can be restored from.
 * PostgreSQL goes on being written meanwhile; its client tools are not needed.
 * @throws BackupFailed, DatabaseTooNew, FolderLocked while another process holds an embedded database
 */
export async function backUp(config: DatabaseConfig, file: string, now: Date): Promise<void> {
  const db = await open(config);
  await backUpRunning(db, file, now).finally(() => db.close());
}

/** The same of a database that this process has open; where it is the embedded one, others wait for the end. */
export function backUpRunning(db: Database, file: string, now: Date): Promise<void> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    const schema = await readSchemaOf(tx);
    const head = { format: "ringside-backup", version: 1, schema, madeAt: now.toISOString() } as const;
    await writeBackup(file, head, readTables(tx));
  });
}

/**
 * Puts a backup in the place of the database. What stood there before is set aside (embedded) or replaced
 * (PostgreSQL, in one transaction). All devices compare what they hold anew afterwards.
 * No server may run on the database meanwhile.
 * @returns where the former embedded database was moved to, if there was one
 * @throws BackupFailed, DatabaseTooNew, FolderLocked
 */
export async function restore(config: DatabaseConfig, file: string, now: Date): Promise<string | null> {
  if (!existsSync(file)) throw new BackupFailed(`There is no file ${file}.`);
  if (config.kind === "postgres") return restorePostgres(config, file);
  if (config.dataDir === null) throw new BackupFailed("A database in memory cannot be restored.");
  return restoreFolder(config.dataDir, file, now);
}

async function restorePostgres(
  config: Extract<DatabaseConfig, { kind: "postgres" }>,
  file: string,
): Promise<null> {
  const db = await openPostgres(config);
  try {
    const running = await describeRunning(db);
    if (running) throw new BackupFailed(running);
    await replaceEverything(db, file);
  } finally {
    await db.close();
  }
  return null;
}

/** Makes the database beside its place, so that a damaged file or a power cut replaces nothing. */
async function restoreFolder(dataDir: string, file: string, now: Date): Promise<string | null> {
  await mkdir(dataDir, { recursive: true });
  // Nobody may open the folder until the end: a running server is noticed here.
  const lock = lockFolder(dataDir);
  const beside = join(dataDir, "restoring");
  try {
    await rm(beside, { recursive: true, force: true });
    const db = await openEmbedded({ kind: "embedded", dataDir: beside });
    await replaceEverything(db, file).finally(() => db.close());
    return await swap(join(dataDir, "pgdata"), join(beside, "pgdata"), now);
  } finally {
    await rm(beside, { recursive: true, force: true });
    lock.release();
  }
}

async function swap(folder: string, fresh: string, now: Date): Promise<string | null> {
  const stamp = now.toISOString().replaceAll(/[:.]/gu, "-");
  const aside = existsSync(folder) ? `${folder}.before-${stamp}` : null;
  if (aside) await rename(folder, aside);
  await rename(fresh, folder);
  return aside;
}

/** The tables are made as they were when the backup was, and brought up to date with its rows in them. */
async function replaceEverything(db: Database, file: string): Promise<void> {
  const { head, parts } = await openBackup(file);
  if (head.schema > newestSchema()) {
    throw new BackupFailed(
      `${file} was written by a newer version of Ringside. Update the sync-server first.`,
    );
  }
  await db.transaction(async (tx) => {
    await dropTables(tx);
    await migrateTo(tx, head.schema);
    await writeTables(tx, parts);
    await migrateTo(tx, newestSchema());
    await beginFeedEpoch(tx);
  });
}

/** Without bringing its tables up to date: servers of an older version may be running on it. */
function open(config: DatabaseConfig): Promise<Database> {
  return config.kind === "embedded" ? openEmbedded(config) : openPostgres(config);
}

async function readSchemaOf(tx: Tx): Promise<number> {
  const [there] = await rowsOf<{ name: string | null }>(
    tx,
    sql`SELECT to_regclass('public.schema_migrations')::text AS name`,
  );
  if (!there?.name)
    throw new BackupFailed("There is nothing to back up: no server has run on this database.");
  const schema = await readSchema(tx);
  if (schema > newestSchema()) throw new DatabaseTooNew();
  return schema;
}
