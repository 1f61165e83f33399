import { sql } from "drizzle-orm";
import type { Clock } from "../../../shared/result/ports.ts";
import { addDays, dayOf } from "../../../shared/time/zone.ts";
import { inSlices, inSystem, rowsOf, type Database, type Tx } from "../../database/index.ts";

/** Lines of a transaction: others wait for no long one. */
const atOnce = 2_000;
/** A hundred questions go with each. */
const batchesAtOnce = 20;

/**
 * Removes lines of the audit, counters and batches from before `keepDays` days ago; what is still open stays.
 * @returns how many lines it removed
 */
export async function forgetOld(
  { db, clock }: { db: Database; clock: Clock },
  keepDays: number,
): Promise<number> {
  const day = addDays(dayOf(clock.now(), "UTC"), -keepDays);
  const before = `${day}T00:00:00.000Z`;
  let removed = 0;
  for (const tenantId of await inSystem(db, readTenants))
    removed += await inSlices(db, atOnce, (tx) => forgetLines(tx, tenantId, before));
  await inSlices(db, atOnce, (tx) => forgetCounters(tx, day));
  await inSlices(db, batchesAtOnce, (tx) => forgetBatches(tx, before));
  return removed;
}

/** Of lines, from one to the next by their key: to look at all of them would take as long as there are many. */
async function readTenants(tx: Tx): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    sql`WITH RECURSIVE one AS (
          (SELECT tenant_id AS id FROM ai_requests ORDER BY tenant_id LIMIT 1)
          UNION ALL
          SELECT (SELECT tenant_id FROM ai_requests r WHERE r.tenant_id > one.id ORDER BY tenant_id LIMIT 1)
          FROM one WHERE one.id IS NOT NULL)
        SELECT id FROM one WHERE id IS NOT NULL`,
  );
  return rows.map(({ id }) => id);
}

/** What people thought of an answer goes with its line. */
async function forgetLines(tx: Tx, tenantId: string, before: string): Promise<number> {
  const gone = await rowsOf(
    tx,
    sql`DELETE FROM ai_requests WHERE tenant_id = ${tenantId} AND id IN (
          SELECT id FROM ai_requests WHERE tenant_id = ${tenantId} AND asked_at < ${before} AND outcome IS NOT NULL
          ORDER BY asked_at LIMIT ${atOnce})
        RETURNING 1`,
  );
  return gone.length;
}

async function forgetCounters(tx: Tx, day: string): Promise<number> {
  const gone = await rowsOf(
    tx,
    sql`DELETE FROM ai_counters WHERE (tenant_id, limit_id, subject, first_day) IN (
          SELECT tenant_id, limit_id, subject, first_day FROM ai_counters WHERE first_day < ${day}::date
          LIMIT ${atOnce})
        RETURNING 1`,
  );
  return gone.length;
}

async function forgetBatches(tx: Tx, before: string): Promise<number> {
  const gone = await rowsOf(
    tx,
    sql`DELETE FROM ai_batches WHERE (tenant_id, id) IN (
          SELECT tenant_id, id FROM ai_batches WHERE state = 'over' AND created_at < ${before}
          LIMIT ${batchesAtOnce})
        RETURNING 1`,
  );
  return gone.length;
}
