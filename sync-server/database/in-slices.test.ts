import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { rowsOf } from "./database.ts";
import { inSlices } from "./in-slices.ts";

test("many rows go in slices, each a transaction of its own", async () => {
  const db = await openTestDatabase();
  await db.owner.execute(
    sql`INSERT INTO tenants (id, name) SELECT 't' || n, 'T' FROM generate_series(1, 5) n`,
  );
  const seen = new Set<string>();
  const removed = await inSlices(db, 2, async (tx) => {
    const gone = await rowsOf<{ xid: string }>(
      tx,
      sql`DELETE FROM tenants WHERE id IN (SELECT id FROM tenants LIMIT 2)
          RETURNING pg_current_xact_id()::text AS xid`,
    );
    for (const { xid } of gone) seen.add(xid);
    return gone.length;
  });
  expect([removed, seen.size]).toEqual([5, 3]);
  await db.close();
});
