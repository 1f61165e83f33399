import { sql } from "drizzle-orm";
import type { RecordId } from "../../shared/entities/id.ts";
import { rowsOf, type Tx } from "../database/index.ts";

/** The person whose number this is, or null: of several who share it, a call must not be anybody's by chance. */
export async function findLeadOf(tx: Tx, tenantId: string, e164: string): Promise<RecordId | null> {
  if (!e164.startsWith("+")) return null;
  const found = await rowsOf<{ id: RecordId }>(
    tx,
    sql`SELECT id FROM ringside_leads_by_number(${tenantId}, ${e164}) AS id LIMIT 2`,
  );
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}
