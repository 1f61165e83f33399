import { sql, type SQL } from "drizzle-orm";
import { rowsOf, type Tx } from "../database/index.ts";
import { addJobs } from "../jobs/index.ts";
import type { Row } from "./rows.ts";

/** A call was deleted: what was said in it is erased for good, recordings included; its key is the call. */
export const eraseJob = "call.erase";

/** As long as desks keep what was taken from them ([REST-2]), a deletion can be taken back whole. */
const erasedAfterMs = 7 * 86_400_000;

/** What was said in a call and what is known of it, in the order in which rows are locked. */
const spoken = ["insights", "segments"] as const;

/** Which of the rows were deleted before a transaction works on them. */
export function deletedAmong(rows: Iterable<Row>): ReadonlySet<Row> {
  return new Set([...rows].filter(({ master }) => master?.deleted));
}

/**
 * [EDIT-10] Segments and insights go with their call or their lead, and come back with it. Call it after the rows
 * were written.
 * @param wereDeleted as `deletedAmong` told before
 * @param now ISO 8601
 */
export async function goAlong(
  tx: Tx,
  tenantId: string,
  rows: Iterable<Row>,
  wereDeleted: ReadonlySet<Row>,
  now: string,
): Promise<void> {
  const turned = [...rows].filter(
    (row) =>
      (row.collection === "calls" || row.collection === "leads") &&
      (row.master?.deleted ?? false) !== wereDeleted.has(row),
  );
  const gone = turned.filter(({ master }) => master?.deleted);
  for (const row of gone) await hide(tx, tenantId, row, now);
  for (const row of turned) if (!row.master?.deleted) await show(tx, tenantId, row, now);
  if (gone.length > 0) await wantErasure(tx, tenantId, gone, now);
}

/** In `touched`, beside who wrote which field last: what the row went with. A row may go with its call and its lead. */
function markOf({ collection, id }: Row): string {
  return `goneWith:${collection}/${id}`;
}

const isMarked = sql`EXISTS (SELECT FROM jsonb_object_keys(touched) AS mark WHERE mark LIKE 'goneWith:%')`;

async function hide(tx: Tx, tenantId: string, row: Row, now: string): Promise<void> {
  const mark = { rev: 0, deviceId: "server", byId: "", at: now };
  await change(
    tx,
    tenantId,
    row,
    sql`(NOT deleted OR ${isMarked})`,
    sql`deleted = true, touched = touched || ${JSON.stringify({ [markOf(row)]: mark })}::jsonb`,
    now,
  );
}

/** What was deleted for itself stays so, and so does what went with another one that is still away. */
async function show(tx: Tx, tenantId: string, row: Row, now: string): Promise<void> {
  const mark = markOf(row);
  const left = sql`jsonb_object_keys(touched - ${mark}::text) AS mark WHERE mark LIKE 'goneWith:%'`;
  await change(
    tx,
    tenantId,
    row,
    sql`touched ? ${mark}::text`,
    sql`deleted = EXISTS (SELECT FROM ${left}), touched = touched - ${mark}::text`,
    now,
  );
}

async function change(tx: Tx, tenantId: string, row: Row, which: SQL, to: SQL, now: string): Promise<void> {
  const belongs = row.collection === "calls" ? sql`doc->>'callId' = ${row.id}` : sql`parent_id = ${row.id}`;
  for (const collection of spoken) {
    await tx.execute(
      sql`WITH found AS (
            SELECT id FROM ${sql.identifier(collection)}
            WHERE tenant_id = ${tenantId} AND ${belongs} AND ${which} ORDER BY id FOR UPDATE)
          UPDATE ${sql.identifier(collection)} SET ${to}, rev = rev + 1,
            doc = doc || jsonb_build_object('rev', rev + 1, 'updatedAt', ${now}::text)
          WHERE tenant_id = ${tenantId} AND id IN (SELECT id FROM found)`,
    );
  }
}

async function wantErasure(tx: Tx, tenantId: string, gone: readonly Row[], now: string): Promise<void> {
  const dueAt = new Date(Date.parse(now) + erasedAfterMs);
  const leads = gone.filter(({ collection }) => collection === "leads").map(({ id }) => id);
  const ofLeads = await readCallsOf(tx, tenantId, leads);
  const calls = gone.filter(({ collection }) => collection === "calls").map(({ id }) => id);
  const keys = new Set([...calls, ...ofLeads.map(({ id }) => id)]);
  await addJobs(
    tx,
    Array.from(keys, (key) => ({ tenantId, kind: eraseJob, key, dueAt })),
  );
  const justGone = [...calls, ...ofLeads.filter(({ deleted }) => !deleted).map(({ id }) => id)];
  // A job may wait there from a deletion that was taken back: it would come too early for this one.
  await tx.execute(
    sql`UPDATE jobs SET due_at = ${dueAt.toISOString()}
        WHERE tenant_id = ${tenantId} AND kind = ${eraseJob} AND key = ANY(${sql.param(justGone)}::text[])`,
  );
}

async function readCallsOf(
  tx: Tx,
  tenantId: string,
  leads: readonly string[],
): Promise<{ id: string; deleted: boolean }[]> {
  if (leads.length === 0) return [];
  return rowsOf(
    tx,
    sql`SELECT id, deleted FROM calls
        WHERE tenant_id = ${tenantId} AND parent_id = ANY(${sql.param([...leads])}::text[])`,
  );
}

/**
 * Erases what was said in a call that is deleted, or whose lead is: rows stay, without their words, so that desks
 * that slept hear that they are gone.
 * @returns whether it is deleted; false = it was restored meanwhile, and nothing was erased
 */
export async function eraseSpoken(tx: Tx, tenantId: string, callId: string): Promise<boolean> {
  const [call] = await rowsOf<{ gone: boolean }>(
    tx,
    sql`SELECT calls.deleted OR coalesce(leads.deleted, false) AS gone
        FROM calls LEFT JOIN leads ON leads.tenant_id = calls.tenant_id AND leads.id = calls.parent_id
        WHERE calls.tenant_id = ${tenantId} AND calls.id = ${callId} FOR UPDATE OF calls`,
  );
  if (!call?.gone) return false;
  for (const collection of spoken) {
    await tx.execute(
      sql`UPDATE ${sql.identifier(collection)} SET touched = '{}',
            doc = jsonb_build_object('id', id, 'rev', rev, 'callId', ${callId}::text)
          WHERE tenant_id = ${tenantId} AND doc->>'callId' = ${callId} AND deleted`,
    );
  }
  return true;
}
