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
  openLayout,
  openPGlite,
  probeDisk,
  tableName,
  watchFailures,
  type Failure,
  type Layout,
} from "../pglite-storage/index.ts";
import { arrayLiteral, openStatements, type Statements } from "../pglite-storage/statements.ts";
import { callFacts, callFactStatements } from "../insights/call-facts.ts";
import { cardShowings, cardShowingStatements } from "../insights/card-showings.ts";
import { saidWords, saidWordsStatements } from "../insights/said-words.ts";
import { localTables, readVersions, writeVersions, type RunSql } from "./local-tables.ts";
import { migrations, type Migration } from "./migrations.ts";
import { createRecordStore, type RecordStore } from "./record-store.ts";
import { hasKept } from "./kept-index.ts";
import { rxSchemaOf, schemaVersions } from "./record-schemas.ts";
import { openStandingAnswers, type StandingAnswers } from "./standing-answers.ts";
import { findTemplate, unpackTemplate } from "./unpack-template.ts";

export type ReplicaDatabase = {
  store: RecordStore;
  sql: RunSql;
  standing: StandingAnswers;
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
  onFailure?: (failure: Failure, cause: unknown) => Promise<void>;
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
  const statements = openStatements(pglite, "local");
  const sql = runOn(pglite, statements);
  const schemas = new Map(collections.map((name) => [name, schemaOf(name)]));
  const versions = new Map(Array.from(schemas, ([name, { version }]) => [name, version]));
  const layout = await openLayout(statements);
  await statements.exclusive((run) => layout.make("ringside_note", localTables, run));
  const stored = await readVersions(sql);
  // This one would find an emptied table and believe it. Whoever opens fewer collections knows of the others all the same.
  const newer = [...stored].filter(
    ([name, version]) => version > (versions.get(name) ?? schemaVersions[name] ?? 0),
  );
  if (newer.length > 0) throw new Error(`a newer Ringside has opened ${newer.join(", ")}`);
  const storage = getRxStoragePGlite({ pglite, layout });
  const database = await createRxDatabase({
    name: databaseName,
    // RxDB refuses two open databases of one name and storage; ours are told apart by their folders.
    storage: { ...storage, name: `${storage.name}-${randomUUID()}` },
    multiInstance: false,
    eventReduce: false,
  });
  const creators = Array.from(schemas, ([name, schema]) => [
    name,
    { schema, migrationStrategies: { ...migrationsOf(name) }, autoMigrate: true },
  ]);
  const opened = (await database.addCollections(Object.fromEntries(creators))) as Readonly<
    Record<string, RxCollection<Doc>>
  >;
  if ([...versions].some(([name, version]) => stored.get(name) !== version))
    await writeVersions(sql, versions);
  for (const [collectionName, version] of versions) {
    const table = tableName({ databaseName, collectionName, version });
    await makeKeptIndex(statements, layout, collectionName, table);
    await makeOwnIndexes(statements, layout, collectionName, table);
  }
  await makeKeptTables(statements, layout, versions);
  const standing = await openStandingAnswers(sql);
  const store = createRecordStore(opened as never, standing.aroundWrite);
  return {
    store,
    sql,
    standing,
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
      // A disk that takes nothing more costs the next start a moment, not this one its end.
      await standing.save().catch(() => {});
      await database.close();
      await pglite.close();
    },
  };
}

/** Hardly any record keeps a value that lost; sync-issues finds those few without reading the others. */
function makeKeptIndex(
  statements: Statements,
  layout: Layout,
  name: CollectionName,
  table: string,
): Promise<void> {
  const index = `"${name}_kept"`;
  const step = `create index if not exists ${index} on ${table} (id) where ${hasKept}`;
  return statements.exclusive((run) => layout.make(`"${databaseName}".${index}`, [step], run));
}

/**
 * What is looked up by SQL of ours alone and not by RxDB, so that no schema is raised for it: whether somebody was called
 * back, by number, for each call that was missed; and who waits, among the few records that may say so.
 */
const ownIndexes: Readonly<Partial<Record<CollectionName, Readonly<Record<string, string>>>>> = {
  calls: {
    calls_from: "((doc->>'from'))",
    calls_to: "((doc->>'to'))",
    calls_missed: "((doc->>'startedAt')) where doc->>'direction' = 'inbound' and doc->>'answeredAt' is null",
  },
  deals: { deals_day: "((doc->>'ownerId'), (doc->>'expectedCloseOn') desc)" },
  messages: { messages_received: "((doc->>'at')) where doc->>'direction' = 'inbound'" },
  insights: { insights_chats: "((doc->>'at')) where doc->>'kind' = 'chat'" },
};

async function makeOwnIndexes(
  statements: Statements,
  layout: Layout,
  name: CollectionName,
  table: string,
): Promise<void> {
  for (const [index, on] of Object.entries(ownIndexes[name] ?? {})) {
    const step = `create index if not exists "${index}" on ${table} ${on}`;
    await statements.exclusive((run) => layout.make(`"${databaseName}"."${index}"`, [step], run));
  }
}

/** Made after RxDB has brought its tables to their newest schema: they are kept by triggers on those. */
async function makeKeptTables(
  statements: Statements,
  layout: Layout,
  versions: ReadonlyMap<CollectionName, number>,
): Promise<void> {
  const [insights, calls, segments] = (["insights", "calls", "segments"] as const).map((collectionName) => {
    const version = versions.get(collectionName);
    return version === undefined ? null : tableName({ databaseName, collectionName, version });
  });
  // The simulation opens fewer collections than there are.
  if (!insights || !calls || !segments) return;
  await statements.exclusive(async (run) => {
    await layout.make(callFacts, callFactStatements(insights, calls), run);
    await layout.make(cardShowings, cardShowingStatements(insights), run);
    await layout.make(saidWords, saidWordsStatements(segments), run);
  });
}

function runOn(pglite: PGlite, statements: Statements): RunSql {
  const run = async <Row extends Record<string, unknown>>(
    text: string,
    parameters: readonly unknown[] = [],
  ) => (await pglite.query<Row>(text, [...parameters])).rows;
  const kept: RunSql["kept"] = (text, parameters = []) =>
    statements.exclusive((runOne) => runOne(text, parameters.map(toWire), "keep"));
  return Object.assign(run, { kept });
}

/** PostgreSQL's text form of what our kept statements are given. */
function toWire(value: unknown): string | null {
  if (value === null || typeof value === "string") return value;
  return Array.isArray(value) ? arrayLiteral(value as string[]) : String(value);
}
