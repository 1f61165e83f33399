import { sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { rowsOf, type Queryable, type Tx } from "./database.ts";
import { syncedTables } from "./schema/synced.ts";

/**
 * Checkpoints are transaction ids of one cluster. Rows that were restored into another cluster carry ids from
 * its future, and a folder put back to an older copy has forgotten transactions that devices have seen. Both
 * begin a new epoch: its id is part of every scope, so that every device compares what it holds anew ([AUD-4]).
 */
export async function readFeedEpoch(on: Queryable): Promise<string> {
  const facts = await rowsOf<{ value: string }>(
    on,
    sql`SELECT value FROM server_facts WHERE key = 'feed-epoch'`,
  );
  const epoch = facts[0]?.value;
  if (epoch === undefined) throw new Error("the database has no feed epoch: it was not migrated");
  return epoch;
}

/** Begins the first epoch, or a new one where the database was moved to another cluster. */
export async function refreshFeedEpoch(tx: Tx): Promise<void> {
  if (!(await isOfThisCluster(tx))) await beginFeedEpoch(tx);
}

/** Whether the epoch that stands there began in this very cluster. */
export async function isOfThisCluster(on: Queryable): Promise<boolean> {
  const [then] = await rowsOf<{ value: string }>(
    on,
    sql`SELECT value FROM server_facts WHERE key = 'cluster'`,
  );
  return then?.value === (await readCluster(on));
}

/** Stamps every row anew in this cluster and makes every device pull from the start. Also after a restore. */
export async function beginFeedEpoch(tx: Tx): Promise<void> {
  for (const name of Object.keys(syncedTables)) {
    // Any update runs the trigger that stamps the row.
    await tx.execute(sql`UPDATE ${sql.identifier(name)} SET rev = rev`);
  }
  await writeFact(tx, "cluster", await readCluster(tx));
  await writeFact(tx, "feed-epoch", randomUUID().slice(0, 8));
}

async function readCluster(on: Queryable): Promise<string> {
  const [found] = await rowsOf<{ cluster: string }>(
    on,
    sql`SELECT system_identifier::text AS cluster FROM pg_control_system()`,
  );
  if (found === undefined) throw new Error("the cluster does not say who it is");
  return found.cluster;
}

async function writeFact(tx: Tx, key: string, value: string): Promise<void> {
  await tx.execute(
    sql`INSERT INTO server_facts (key, value) VALUES (${key}, ${value})
        ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  );
}
