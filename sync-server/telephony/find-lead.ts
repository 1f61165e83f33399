import { sql } from "drizzle-orm";
import type { RecordId } from "../../shared/entities/id.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";

/** The person whose number this is, or null: of several who share it, a call must not be anybody's by chance. */
export async function findLeadOf(tx: Tx, tenantId: string, e164: string): Promise<RecordId | null> {
  if (!e164.startsWith("+")) return null;
  const found = await rowsOf<{ id: RecordId }>(
    tx,
    sql`SELECT id FROM ringside_leads_by_number(${tenantId}, ${e164}) AS id LIMIT 2`,
  );
  return found.length === 1 ? (found[0]?.id ?? null) : null;
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
