import { sql } from "drizzle-orm";
import { inSystem, rowsOf, type Database } from "../../sync-server/database/index.ts";

/** How many transactions wait for a row that another one has locked. */
export async function waitingForRows(db: Database): Promise<number | undefined> {
  const [row] = await inSystem(db, (tx) =>
    rowsOf<{ n: number }>(
      tx,
      sql`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'`,
    ),
  );
  return row?.n;
}
