import { inject } from "vitest";
import { openDatabase, type Database } from "../../sync-server/database/index.ts";
import { createTestDatabase } from "./test-database.ts";

/** A migrated, empty PostgreSQL database of its own; closing it drops it. Only in `*.pg.test.ts`. */
export async function openTestPostgres(): Promise<Database> {
  const { url, drop } = await createTestDatabase(inject("postgresUrl"));
  const db = await openDatabase({ kind: "postgres", url, poolSize: 8 });
  return {
    ...db,
    async close() {
      await db.close();
      await drop();
    },
  };
}
