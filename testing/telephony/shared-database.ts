import { sql } from "drizzle-orm";
import type { Database } from "../../sync-server/database/index.ts";

const tables = [
  "calls",
  "call_events",
  "segments",
  "settings",
  "do_not_call",
  "leads",
  "call_list_entries",
  "line_calls",
  "call_legs",
  "webhook_inbox",
  "jobs",
  "telephony_accounts",
  "telephony_numbers",
  "presence",
  "audit_log",
];

/** One database for the tests of a file, emptied for each: opening one costs more than the test. */
export async function sharedDatabase(open: () => Promise<Database>) {
  const db = await open();
  return {
    /** Stays open when the server that uses it closes it. */
    async empty(): Promise<Database> {
      await db.transaction((tx) => tx.execute(sql.raw(`TRUNCATE ${tables.join(", ")}`)));
      return { ...db, close: async () => {} };
    },
    close: () => db.close(),
  };
}
