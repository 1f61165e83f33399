import { sql } from "drizzle-orm";
import { inSystem, type Database } from "../database/index.ts";

/**
 * Devices say which outcomes they have stored, and those are forgotten at once; these are of devices that never
 * came back. One that does after all has its old edits judged anew: creations count as updates ([EDIT-7]).
 */
const outcomesKeptDays = 180;

/** Forgets outcomes that nobody will ask for any more. */
export async function forgetOldOutcomes(db: Database): Promise<void> {
  await inSystem(db, (tx) =>
    tx.execute(sql`DELETE FROM edits WHERE at < now() - make_interval(days => ${outcomesKeptDays})`),
  );
}
