import { join } from "node:path";
import type { CollectionName } from "../../shared/entities/collections.ts";
import { openReplicaDatabase } from "../../main/replica/database/open-database.ts";

/** The file that holds the rows of a collection, in the folder of a replica that does not run. */
export async function tableFile(database: string, collection: CollectionName): Promise<string> {
  const opened = await openReplicaDatabase(database);
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  const { sql, table, close } = opened.value;
  await sql("checkpoint");
  const [row] = await sql<{ path: string }>("select pg_relation_filepath($1::text::regclass) as path", [
    table(collection),
  ]);
  await close();
  if (!row) throw new Error(`no table of ${collection}`);
  return join(database, row.path);
}
