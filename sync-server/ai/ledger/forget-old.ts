import { sql } from "drizzle-orm";
import type { Clock } from "../../../shared/result/ports.ts";
import { addDays, dayOf } from "../../../shared/time/zone.ts";
import { inSlices, inSystem, rowsOf, type Database, type Tx } from "../../database/index.ts";

/** Lines of a transaction: others wait for no long one. */
const atOnce = 2_000;
/** A hundred questions go with each. */
const batchesAtOnce = 20;

/**
 * Removes lines of the audit, counters, rates and batches from before `keepDays` days ago, lines of an organisation that keeps
 * them for less long earlier; what is still open stays.
 * @returns how many lines it removed
 */
export async function forgetOld(
  { db, clock }: { db: Database; clock: Clock },
  keepDays: number,
): Promise<number> {
  const daysAgo = (days: number) => addDays(dayOf(clock.now(), "UTC"), -days);
  const beginning = (of: string) => `${of}T00:00:00.000Z`;
  const day = daysAgo(keepDays);
  const before = beginning(day);
  let removed = 0;
  for (const { id, days } of await inSystem(db, readTenants)) {
    const own = beginning(daysAgo(Math.min(days ?? keepDays, keepDays)));
    removed += await inSlices(db, atOnce, (tx) => forgetLines(tx, id, own));
  }
  await inSlices(db, atOnce, (tx) => forgetCounters(tx, day));
  await inSlices(db, atOnce, (tx) => forgetRates(tx, beginning(daysAgo(1))));
  await inSlices(db, batchesAtOnce, (tx) => forgetBatches(tx, before));
  return removed;
}

/** Of lines, and how long they keep them, from one to the next by their key: to look at all of them would take as long as there are many. */
function readTenants(tx: Tx): Promise<{ id: string; days: number | null }[]> {
  return rowsOf(
    tx,
    sql`WITH RECURSIVE one AS (
          (SELECT tenant_id AS id FROM ai_requests ORDER BY tenant_id LIMIT 1)
          UNION ALL
          SELECT (SELECT tenant_id FROM ai_requests r WHERE r.tenant_id > one.id ORDER BY tenant_id LIMIT 1)
          FROM one WHERE one.id IS NOT NULL)
        SELECT one.id, t.request_days AS days FROM one LEFT JOIN ai_retention t ON t.tenant_id = one.id
        WHERE one.id IS NOT NULL`,
  );
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

/** Of a minute that is long over: its limit may be gone, or its person. */
async function forgetRates(tx: Tx, before: string): Promise<number> {
  const gone = await rowsOf(
    tx,
    sql`DELETE FROM ai_rates WHERE (tenant_id, limit_id, subject) IN (
          SELECT tenant_id, limit_id, subject FROM ai_rates WHERE minute < ${before} LIMIT ${atOnce})
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
