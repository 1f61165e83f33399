import type { PGlite } from "@electric-sql/pglite";
import {
  ensureRxStorageInstanceParamsAreCorrect,
  RXDB_VERSION,
  type RxStorage,
  type RxStorageInstanceCreationParams,
} from "rxdb";
import { Subject } from "rxjs";
import { openLayout, type Layout } from "./layout.ts";
import { openStatements, type Statements } from "./statements.ts";
import {
  attachmentsRefused,
  PGliteStorageInstance,
  type PGliteChange,
  type PGliteInternals,
  type SharedTable,
} from "./storage-instance.ts";
import { allowPacked, tableName, tableStatements } from "./table.ts";

export { diskTroubleOf, probeDisk } from "./disk-trouble.ts";
export { openLayout, type Layout } from "./layout.ts";
export { openPGlite, type OpenPGliteError } from "./open-pglite.ts";
export { tableName } from "./table.ts";
export { watchFailures, type Failure } from "./watch-failures.ts";

export type RxStoragePGlite = RxStorage<PGliteInternals, Record<string, never>>;

/**
 * RxDB on one PGlite instance that all collections share: a table per collection, in a schema per database.
 * Instances on the same table in this process hear each other's changes; another process cannot open the folder.
 * @param layout what the database has been given so far, where the caller has read it already
 */
export function getRxStoragePGlite({ pglite, layout }: { pglite: PGlite; layout?: Layout }): RxStoragePGlite {
  const statements = openStatements(pglite);
  const tables = new Map<string, OpenTable>();
  let allowed: Promise<void> | undefined;
  let known = layout ? Promise.resolve(layout) : null;
  return {
    name: "pglite",
    rxdbVersion: RXDB_VERSION,
    async createStorageInstance(params) {
      await (allowed ??= statements.exclusive(allowPacked));
      return createInstance(statements, tables, await (known ??= openLayout(statements)), params);
    },
  };
}

type OpenTable = { changes: Subject<PGliteChange<never>>; users: number };

async function createInstance<RxDocType>(
  statements: Statements,
  tables: Map<string, OpenTable>,
  layout: Layout,
  params: RxStorageInstanceCreationParams<RxDocType, Record<string, never>>,
): Promise<PGliteStorageInstance<RxDocType>> {
  ensureRxStorageInstanceParamsAreCorrect(params);
  if (params.schema.attachments) throw new Error(attachmentsRefused);
  const { databaseName, collectionName, schema } = params;
  const address = { databaseName, collectionName, version: schema.version };
  const table = tableName(address);
  await statements.exclusive((run) => layout.make(table, tableStatements(address, schema as never), run));
  const shared = shareTable<RxDocType>(tables, layout, table);
  return new PGliteStorageInstance({ databaseName, collectionName, schema }, statements, shared);
}

function shareTable<RxDocType>(
  tables: Map<string, OpenTable>,
  layout: Layout,
  name: string,
): SharedTable<RxDocType> {
  const open = tables.get(name) ?? { changes: new Subject<PGliteChange<never>>(), users: 0 };
  open.users++;
  tables.set(name, open);
  return {
    name,
    changes: open.changes as unknown as Subject<PGliteChange<RxDocType>>,
    forget: (run) => layout.forget(name, run),
    release() {
      open.users--;
      if (open.users > 0) return;
      tables.delete(name);
      open.changes.complete();
    },
  };
}
