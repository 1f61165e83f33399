import { sql } from "drizzle-orm";
import type { RecordId } from "../../shared/entities/id.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";

/** The person whose number this is, or null: of several who share it, a call must not be anybody's by chance. */
export async function findLeadOf(tx: Tx, tenantId: string, e164: string): Promise<RecordId | null> {
  const [one, another] = await findLeadsOf(tx, tenantId, e164);
  return another === undefined ? (one ?? null) : null;
}

/** The same for somebody who dials a bare number: null also where they may not see whose it is. */
export async function findCalledLead(tx: Tx, identity: Identity, e164: string): Promise<RecordId | null> {
  const owner = await findLeadOf(tx, identity.tenantId, e164);
  return owner !== null && (await readLead(tx, identity, owner)) ? owner : null;
}

const mostSharing = 100;

/** Everybody of the tenant whose number this is, also those whom whoever asks may not see. */
export async function findLeadsOf(tx: Tx, tenantId: string, e164: string): Promise<RecordId[]> {
  if (!e164.startsWith("+")) return [];
  const found = await rowsOf<{ id: RecordId }>(
    tx,
    sql`SELECT id FROM ringside_leads_by_number(${tenantId}, ${e164}) AS id LIMIT ${mostSharing}`,
  );
  return found.map(({ id }) => id);
}

/** Where somebody lives, as it was typed; empty = unknown. */
export async function readCity(tx: Tx, tenantId: string, leadId: RecordId): Promise<string> {
  const [row] = await rowsOf<{ city: string }>(
    tx,
    sql`SELECT doc->>'city' AS city FROM leads WHERE tenant_id = ${tenantId} AND id = ${leadId} AND NOT deleted`,
  );
  return row?.city ?? "";
}

/** What a call needs to know of somebody. */
export type LeadToCall = Pick<Lead, "name" | "company" | "phone" | "city" | "timeZone" | "doNotCall">;

/** A lead that this person may see; null: deleted, or none of theirs. */
export async function readLead(tx: Tx, identity: Identity, leadId: string): Promise<LeadToCall | null> {
  const [row] = await rowsOf<{ doc: LeadToCall }>(
    tx,
    sql`SELECT doc FROM leads WHERE tenant_id = ${identity.tenantId} AND id = ${leadId} AND NOT deleted
          AND audience && ${sql.param(keysOf(identity))}::text[]`,
  );
  return row?.doc ?? null;
}
