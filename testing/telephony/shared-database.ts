import { sql } from "drizzle-orm";
import { rowsOf, type Database } from "../../sync-server/database/index.ts";

/** One database for the tests of a file, emptied for each: opening one costs more than the test. */
export async function sharedDatabase(open: () => Promise<Database>) {
  const db = await open();
  const filled = await findFilledTables(db);
  return {
    /**
     * As it was opened, whatever tables there are: no test leaves anything to the next. Stays open when the server
     * that uses it closes it.
     */
    async empty(): Promise<Database> {
      const written = (await findFilledTables(db)).filter((name) => !filled.includes(name));
      if (written.length > 0)
        await db.transaction((tx) => tx.execute(sql.raw(`TRUNCATE ${written.join(", ")} CASCADE`)));
      return { ...db, close: async () => {} };
    },
    close: () => db.close(),
  };
}

function findFilledTables(db: Database): Promise<string[]> {
  return db.transaction(async (tx) => {
    const all = await rowsOf<{ name: string }>(
      tx,
      sql`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`,
    );
    const each = all.map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${name})`);
    return (await rowsOf<{ name: string }>(tx, sql.raw(each.join(" UNION ALL ")))).map(({ name }) => name);
  });
}
