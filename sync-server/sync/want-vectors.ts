import { sql } from "drizzle-orm";
import type { Tx } from "../database/index.ts";
import { addJob } from "../jobs/index.ts";
import type { Row } from "./rows.ts";

/** What is on offer gets its vectors by this job, once for all listings of a tenant (../matching). */
export const vectorJob = "listings.vectors";

/** Somebody who writes a description saves it many times; what they import comes in many pushes. */
const settlesAfterMs = 10_000;

/**
 * Asks for vectors of listings that are new or changed, in the transaction that writes them, and takes away those of
 * deleted ones. Call it after the rows were written.
 * @param now ISO 8601
 */
export async function wantVectors(tx: Tx, tenantId: string, rows: Iterable<Row>, now: string): Promise<void> {
  const written = [...rows].filter(({ collection, state }) => collection === "listings" && state !== "same");
  const gone = written.filter(({ master }) => master?.deleted).map(({ id }) => id);
  if (gone.length > 0)
    await tx.execute(
      sql`DELETE FROM listing_vectors
          WHERE tenant_id = ${tenantId} AND listing_id = ANY(${sql.param(gone)}::text[])`,
    );
  if (written.length === gone.length) return;
  const dueAt = new Date(Date.parse(now) + settlesAfterMs);
  await addJob(tx, { tenantId, kind: vectorJob, key: "listings", dueAt });
}
