import { sql } from "drizzle-orm";
import { inSlices, rowsOf, type Database } from "../database/index.ts";

/**
 * Devices say which outcomes they have stored, and those are forgotten at once; these are of devices that never
 * came back. One that does after all has its old edits judged anew: creations count as updates ([EDIT-7]).
 */
const outcomesKeptDays = 180;
const atOnce = 2_000;

/** Forgets outcomes that nobody will ask for any more. */
export async function forgetOldOutcomes(db: Database): Promise<void> {
  await inSlices(db, atOnce, async (tx) => {
    const gone = await rowsOf(
      tx,
      sql`DELETE FROM edits WHERE (tenant_id, edit_id) IN (
            SELECT tenant_id, edit_id FROM edits WHERE at < now() - make_interval(days => ${outcomesKeptDays})
            LIMIT ${atOnce})
          RETURNING 1`,
    );
    return gone.length;
  });
}
