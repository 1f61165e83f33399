import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { openDatabase, type Database } from "../../sync-server/database/index.ts";
import { urlOf } from "./test-database.ts";

/** Who opens the database: its superuser, or somebody who may make roles and tables and no extension. */
type Opener = "superuser" | "limited";

export type PgvectorCluster = {
  /** A migrated, empty database; closing it drops it. @param before what the superuser does in it first */
  open(opener: Opener, before?: string): Promise<Database>;
};

/** The cluster at `url`, as its superuser; null where its PostgreSQL has no pgvector. */
export async function findPgvectorCluster(url: string): Promise<PgvectorCluster | null> {
  const found = await run(url, "SELECT FROM pg_available_extensions WHERE name = 'vector'");
  return found === 0 ? null : { open: (opener, before) => openOne(url, opener, before) };
}

async function openOne(clusterUrl: string, opener: Opener, before = "SELECT 1"): Promise<Database> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const url = new URL(urlOf(clusterUrl, name));
  await run(clusterUrl, `CREATE DATABASE ${name}`);
  await run(url.href, before);
  if (opener === "limited") {
    await run(url.href, `CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'test'`);
    // Roles that another database of the cluster made before are nobody's to grant but theirs who may.
    await run(url.href, `DO $$ BEGIN GRANT ringside_app, ringside_system TO ${name}; EXCEPTION WHEN undefined_object THEN NULL; END $$`); // prettier-ignore
    await run(url.href, `ALTER SCHEMA public OWNER TO ${name}`);
    await run(url.href, `ALTER DATABASE ${name} OWNER TO ${name}`);
    Object.assign(url, { username: name, password: "test" });
  }
  const db = await openDatabase({ kind: "postgres", url: url.href, poolSize: 4 });
  return {
    ...db,
    async close() {
      await db.close();
      await run(clusterUrl, `DROP DATABASE ${name} WITH (FORCE)`);
      if (opener === "limited") await run(clusterUrl, `DROP ROLE ${name}`);
    },
  };
}

/** @returns how many rows there were */
async function run(url: string, statement: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
