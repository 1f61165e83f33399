import { sql } from "drizzle-orm";
import type { RecordId } from "../../shared/entities/id.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";

/** @throws Refused `not-found` for a call that this person may not see */
export async function requireTheirCall(
  tx: Tx,
  identity: Identity,
  callId: string,
): Promise<{ leadId: RecordId | null }> {
  const [row] = await rowsOf<{ leadId: RecordId | null }>(
    tx,
    sql`SELECT doc->>'leadId' AS "leadId" FROM calls
        WHERE tenant_id = ${identity.tenantId} AND id = ${callId} AND NOT deleted
          AND audience && ${sql.param(keysOf(identity))}::text[]`,
  );
  if (!row) throw new Refused("not-found", "There is no such call.");
  return row;
}
