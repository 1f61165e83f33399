import type { PGlite } from "@electric-sql/pglite";
import {
  ensureRxStorageInstanceParamsAreCorrect,
  RXDB_VERSION,
  type RxStorage,
  type RxStorageInstanceCreationParams,
} from "rxdb";
import { Subject } from "rxjs";
import { openStatements, type Statements } from "./statements.ts";
import {
  attachmentsRefused,
  PGliteStorageInstance,
  type PGliteChange,
  type PGliteInternals,
  type SharedTable,
} from "./storage-instance.ts";
import { createTable, tableName } from "./table.ts";

export { diskTroubleOf, probeDisk } from "./disk-trouble.ts";
export { openPGlite, type OpenPGliteError } from "./open-pglite.ts";
export { tableName } from "./table.ts";
export { watchFailures, type Failure } from "./watch-failures.ts";

export type RxStoragePGlite = RxStorage<PGliteInternals, Record<string, never>>;

/**
 * RxDB on one PGlite instance that all collections share: a table per collection, in a schema per database.
 * Instances on the same table in this process hear each other's changes; another process cannot open the folder.
 */
export function getRxStoragePGlite({ pglite }: { pglite: PGlite }): RxStoragePGlite {
  const statements = openStatements(pglite);
  const tables = new Map<string, OpenTable>();
  return {
    name: "pglite",
    rxdbVersion: RXDB_VERSION,
    createStorageInstance: (params) => createInstance(statements, tables, params),
  };
}

type OpenTable = { changes: Subject<PGliteChange<never>>; users: number };

async function createInstance<RxDocType>(
  statements: Statements,
  tables: Map<string, OpenTable>,
  params: RxStorageInstanceCreationParams<RxDocType, Record<string, never>>,
): Promise<PGliteStorageInstance<RxDocType>> {
  ensureRxStorageInstanceParamsAreCorrect(params);
  if (params.schema.attachments) throw new Error(attachmentsRefused);
  const { databaseName, collectionName, schema } = params;
  const address = { databaseName, collectionName, version: schema.version };
  await statements.exclusive((run) => createTable(run, address, schema as never));
  const shared = shareTable<RxDocType>(tables, tableName(address));
  return new PGliteStorageInstance({ databaseName, collectionName, schema }, statements, shared);
}

function shareTable<RxDocType>(tables: Map<string, OpenTable>, name: string): SharedTable<RxDocType> {
  const open = tables.get(name) ?? { changes: new Subject<PGliteChange<never>>(), users: 0 };
  open.users++;
  tables.set(name, open);
  return {
    name,
    changes: open.changes as unknown as Subject<PGliteChange<RxDocType>>,
    release() {
      open.users--;
      if (open.users > 0) return;
      tables.delete(name);
      open.changes.complete();
    },
  };
}
