import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "../database/index.ts";
import { saveRecords, type GivenRecord } from "../sync/index.ts";

type Whose = { leadId: string | null; agentId: string | null; teamId: string | null };

/**
 * Gives what was said in a call to whoever the call belongs to: it may have got its lead or its team after that, or
 * been given away, and whoever sees the call may read it.
 */
export async function giveSegments(tx: Tx, tenantId: string, callId: string, now: Date): Promise<void> {
  const rows = await rowsOf<Whose & { id: string; callId: string }>(
    tx,
    sql`SELECT said.id, calls.id AS "callId", calls.doc->>'leadId' AS "leadId", calls.doc->>'agentId' AS "agentId",
               calls.doc->>'teamId' AS "teamId"
        FROM calls JOIN segments said ON said.tenant_id = calls.tenant_id AND said.doc->>'callId' = calls.id
        WHERE calls.tenant_id = ${tenantId} AND calls.id = ${callId} AND NOT calls.deleted AND NOT said.deleted
          AND (said.doc->'leadId', said.doc->'agentId', said.doc->'teamId')
              IS DISTINCT FROM (calls.doc->'leadId', calls.doc->'agentId', calls.doc->'teamId')`,
  );
  await give(tx, tenantId, "segments", rows, now);
}

/** What people made of a call that got its lead after that belongs to the lead as well: comments, scorings, assignments. */
export async function giveNotes(tx: Tx, tenantId: string, callId: string, now: Date): Promise<void> {
  const rows = await rowsOf<{ id: string; leadId: string | null }>(
    tx,
    sql`SELECT note.id, calls.doc->>'leadId' AS "leadId"
        FROM calls JOIN insights note ON note.tenant_id = calls.tenant_id AND note.doc->>'callId' = calls.id
        WHERE calls.tenant_id = ${tenantId} AND calls.id = ${callId} AND NOT calls.deleted AND NOT note.deleted
          AND note.doc->>'kind' <> 'report' AND note.doc->'leadId' IS DISTINCT FROM calls.doc->'leadId'`,
  );
  await give(tx, tenantId, "insights", rows, now);
}

async function give(
  tx: Tx,
  tenantId: string,
  collection: "segments" | "insights",
  rows: readonly GivenRecord[],
  now: Date,
): Promise<void> {
  if (rows.length > 0)
    await saveRecords(tx, tenantId, collection, rows, { now: now.toISOString(), onlyLiving: true });
}
