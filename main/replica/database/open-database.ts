import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import type { PGlite } from "@electric-sql/pglite";
import { addRxPlugin, createRxDatabase, type RxCollection, type RxJsonSchema } from "rxdb";
import { RxDBMigrationSchemaPlugin } from "rxdb/plugins/migration-schema";
import { collectionNames, type CollectionName } from "../../../shared/entities/collections.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Doc } from "../../../shared/sync/fields.ts";
import {
  diskTroubleOf,
  getRxStoragePGlite,
  openPGlite,
  probeDisk,
  tableName,
  watchFailures,
  type Failure,
} from "../pglite-storage/index.ts";
import { arrayLiteral, openStatements } from "../pglite-storage/statements.ts";
import { createLocalTables, listNewer, writeVersions, type RunSql } from "./local-tables.ts";
import { migrations, type Migration } from "./migrations.ts";
import { createRecordStore, type RecordStore } from "./record-store.ts";
import { hasKept } from "./kept-index.ts";
import { rxSchemaOf } from "./record-schemas.ts";
import { findTemplate, unpackTemplate } from "./unpack-template.ts";

export type ReplicaDatabase = {
  store: RecordStore;
  sql: RunSql;
  /** The quoted table of a collection: `id text, deleted bool, doc jsonb` (without the id). */
  table(collection: CollectionName): string;
  pglite: PGlite;
  /** Removes the rows of records that went more than an hour ago. */
  forgetGone(): Promise<void>;
  close(): Promise<void>;
};

export type OpenDatabaseError = {
  code: "damaged" | "disk-full" | "read-only" | "failed";
  message: string;
  cause: unknown;
};

export type OpenDatabaseOptions = {
  /** RxDB's free edition opens 13 a process: the simulation opens fewer for each of its desks. */
  collections?: readonly CollectionName[];
  schemaOf?: (collection: CollectionName) => RxJsonSchema<Doc>;
  migrationsOf?: (collection: CollectionName) => Readonly<Record<number, Migration>>;
  /** What a new database is made from (unpack-template.ts); null = from nothing, as where there is no template. */
  template?: string | null;
  /** The open database is of no more use. Told once. */
  onFailure?: (failure: Failure, cause: unknown) => void;
};

const databaseName = "replica";
const keepGoneMs = 3_600_000;

addRxPlugin(RxDBMigrationSchemaPlugin);

/**
 * Opens the records of one person on one server, making the database where there is none.
 * @param folder absolute path; the caller holds its lock
 */
export async function openReplicaDatabase(
  folder: string,
  options: OpenDatabaseOptions = {},
): Promise<Result<ReplicaDatabase, OpenDatabaseError>> {
  const { template = findTemplate() } = options;
  const unpacked = unpackTemplate(template, folder);
  const opened = await openFolder(folder, options);
  if (opened.ok || !unpacked) return opened;
  // The template is of no use to this program after all; what was unpacked holds nothing yet.
  await rm(folder, { recursive: true, force: true });
  return openFolder(folder, options);
}

async function openFolder(
  folder: string,
  options: OpenDatabaseOptions,
): Promise<Result<ReplicaDatabase, OpenDatabaseError>> {
  const opened = await openPGlite(folder);
  if (!opened.ok) return opened;
  try {
    const database = await openCollections(opened.value, options);
    // Whatever fails before is answered here.
    if (options.onFailure) watchFailures(opened.value, options.onFailure);
    return ok(database);
  } catch (cause) {
    await opened.value.close().catch(() => {});
    const code = diskTroubleOf(cause) ?? (await probeDisk(folder)) ?? "damaged";
    return err({ code, message: `The records in ${folder} could not be read.`, cause });
  }
}

async function openCollections(pglite: PGlite, options: OpenDatabaseOptions): Promise<ReplicaDatabase> {
  const { collections = collectionNames, schemaOf = rxSchemaOf } = options;
  const { migrationsOf = (collection) => migrations[collection] ?? {} } = options;
  const sql = runOn(pglite);
  const versions = new Map(collections.map((name) => [name, schemaOf(name).version]));
  await createLocalTables(sql);
  const newer = await listNewer(sql, versions);
  if (newer.length > 0) throw new Error(`a newer Ringside has opened ${newer.join(", ")}`);
  const storage = getRxStoragePGlite({ pglite });
  const database = await createRxDatabase({
    name: databaseName,
    // RxDB refuses two open databases of one name and storage; ours are told apart by their folders.
    storage: { ...storage, name: `${storage.name}-${randomUUID()}` },
    multiInstance: false,
    eventReduce: false,
  });
  const creators = collections.map((name) => [
    name,
    { schema: schemaOf(name), migrationStrategies: { ...migrationsOf(name) }, autoMigrate: true },
  ]);
  const opened = (await database.addCollections(Object.fromEntries(creators))) as Readonly<
    Record<string, RxCollection<Doc>>
  >;
  await writeVersions(sql, versions);
  for (const name of collections) {
    // Hardly any record keeps a value that lost; sync-issues finds those few without reading the others.
    const table = tableName({ databaseName, collectionName: name, version: schemaOf(name).version });
    await sql(`create index if not exists "${name}_kept" on ${table} (id) where ${hasKept}`);
  }
  const store = createRecordStore(opened as never);
  return {
    store,
    sql,
    table: (collectionName) =>
      tableName({ databaseName, collectionName, version: versions.get(collectionName) ?? 0 }),
    pglite,
    async forgetGone() {
      for (const { storageInstance } of Object.values(opened)) {
        while (!(await storageInstance.cleanup(keepGoneMs)));
      }
    },
    async close() {
      store.close();
      await database.close();
      await pglite.close();
    },
  };
}

function runOn(pglite: PGlite): RunSql {
  const kept = openStatements(pglite, "local");
  return async <Row extends Record<string, unknown>>(
    text: string,
    parameters: readonly unknown[] = [],
    keep?: "keep",
  ) => {
    if (keep) {
      await kept.exclusive((run) => run(text, parameters.map(toWire), keep));
      return [];
    }
    const { rows } = await pglite.query<Row>(text, [...parameters]);
    return rows;
  };
}

/** PostgreSQL's text form of what our kept statements are given. */
function toWire(value: unknown): string | null {
  if (value === null || typeof value === "string") return value;
  return Array.isArray(value) ? arrayLiteral(value as string[]) : String(value);
}
