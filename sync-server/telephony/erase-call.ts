import { rm } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { inTenant, rowsOf, type Database, type Tx } from "../database/index.ts";
import { eraseSpoken } from "../sync/index.ts";
import { untilThrough } from "./attempts.ts";
import { recordingFile } from "./recordings.ts";

export type EraseDeps = { db: Database; recordingsDir: string };

/** Job: what was said in a deleted call is gone for good, from the database and from the disk. */
export async function eraseCall(
  { db, recordingsDir }: EraseDeps,
  { tenantId, key: callId }: { tenantId: string; key: string },
): Promise<void> {
  const recordings = await untilThrough(() =>
    inTenant(db, { tenantId }, async (tx) => {
      if (!(await eraseSpoken(tx, tenantId, callId))) return [];
      // The same recording may be brought in again.
      await tx.execute(
        sql`DELETE FROM imported_recordings WHERE tenant_id = ${tenantId} AND call_id = ${callId}`,
      );
      return readRecordings(tx, tenantId, callId);
    }),
  );
  for (const key of recordings) await rm(recordingFile(recordingsDir, tenantId, key), { force: true });
}

/** Keys of everything that was ever recorded in it. */
async function readRecordings(tx: Tx, tenantId: string, callId: string): Promise<string[]> {
  const rows = await rowsOf<{ key: string }>(
    tx,
    sql`SELECT event->>'recording' AS key FROM call_events
        WHERE tenant_id = ${tenantId} AND call_id = ${callId} AND event->>'type' = 'recording-ready'
        UNION SELECT doc->>'recording' FROM calls WHERE tenant_id = ${tenantId} AND id = ${callId}`,
  );
  return rows.map(({ key }) => key).filter((key) => key.startsWith(`${callId}-`));
}
