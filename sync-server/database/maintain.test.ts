import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase } from "../../testing/server/open-test-database.ts";
import { rowsOf, type Database } from "./database.ts";

let db: Database;
beforeAll(async () => {
  db = await openTestDatabase();
});
afterAll(() => db.close());

/** How often the table of tenants was vacuumed, and analysed. */
async function counts(): Promise<number[]> {
  const [row] = await rowsOf<{ vacuumed: number; analysed: number }>(
    db.owner,
    sql`SELECT vacuum_count::int AS vacuumed, analyze_count::int AS analysed FROM pg_stat_user_tables WHERE relname = 'tenants'`,
  );
  return [row?.vacuumed ?? -1, row?.analysed ?? -1];
}

test("a table is vacuumed and analysed when a tenth of it has changed, each for itself", async () => {
  await db.owner.execute(
    sql`INSERT INTO tenants (id, name) SELECT 't' || n, 'T' FROM generate_series(1, 20000) n`,
  );
  await db.maintain();
  expect(await counts(), "there is nothing dead in it").toEqual([0, 1]);
  const rename = (most: number) =>
    db.owner.execute(sql`UPDATE tenants SET name = name || '!' WHERE substr(id, 2)::int <= ${most}::int`);
  await rename(2_000);
  await db.maintain();
  expect(await counts()).toEqual([0, 1]);
  await rename(2_500);
  await db.maintain();
  expect(await counts()).toEqual([1, 2]);
});
