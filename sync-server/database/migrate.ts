import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { fileURLToPath } from "node:url";
import type { Database, Queryable, Tx } from "./database.ts";
import { rowsOf } from "./database.ts";
import { isOfThisCluster, refreshFeedEpoch } from "./feed-epoch.ts";

const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url));
/** Any number that nothing else of ours uses as an advisory lock. */
const migrationLock = 7_466_001;

/** A newer server has changed this database: an older one must not write it. */
export class DatabaseTooNew extends Error {
  constructor() {
    super("This database was written by a newer version of Ringside. Update the sync-server to open it.");
  }
}

/** Applies what is missing, oldest first, all or nothing. Two nodes that start at once take turns. */
export async function migrate(db: Database): Promise<void> {
  if (await isUpToDate(db.owner)) return;
  await db.transaction(async (tx) => {
    await migrateTo(tx, newestSchema());
    await refreshFeedEpoch(tx);
  });
}

/** Then nothing is written: a disk that is nearly full keeps no server from starting. */
async function isUpToDate(on: Queryable): Promise<boolean> {
  const [record] = await rowsOf<{ there: boolean }>(
    on,
    sql`SELECT to_regclass('schema_migrations') IS NOT NULL AS there`,
  );
  return record?.there === true && (await readSchema(on)) === newestSchema() && (await isOfThisCluster(on));
}

/** The time of making of the newest migration that this program knows. */
export function newestSchema(): number {
  return readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0;
}

/** Brings the tables to what they were at one migration, with nothing in those that it makes. @throws DatabaseTooNew */
export async function migrateTo(tx: Tx, schema: number): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${migrationLock})`);
  await prepareRecord(tx);
  const last = await readSchema(tx);
  if (Math.max(last, schema) > newestSchema()) throw new DatabaseTooNew();
  const missing = readMigrationFiles({ migrationsFolder }).filter(
    ({ folderMillis }) => folderMillis > last && folderMillis <= schema,
  );
  for (const migration of missing) {
    for (const statement of migration.sql) await tx.execute(sql.raw(statement));
    await tx.execute(
      sql`INSERT INTO schema_migrations (created_at, hash) VALUES (${migration.folderMillis}, ${migration.hash})`,
    );
  }
}

async function prepareRecord(tx: Tx): Promise<void> {
  await tx.execute(sql`SET LOCAL client_min_messages = warning`);
  await tx.execute(
    sql`CREATE TABLE IF NOT EXISTS schema_migrations (
      created_at bigint PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
  );
}

/** The newest migration that was applied; Drizzle names each by the time of its making, in milliseconds. */
export async function readSchema(on: Queryable): Promise<number> {
  const rows = await rowsOf<{ last: string | null }>(
    on,
    sql`SELECT max(created_at)::text AS last FROM schema_migrations`,
  );
  return Number(rows[0]?.last ?? 0);
}
