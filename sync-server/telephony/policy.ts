import { sql } from "drizzle-orm";
import { DialRules } from "../../shared/calls/compliance/dial-rules.ts";
import { defaultRules } from "../../shared/calls/compliance/default-rules.ts";
import { rowsOf, type Tx } from "../database/index.ts";

/** What a tenant has decided about dialling and recording; what it has not decided is ours. */
export async function readDialRules(tx: Tx, tenantId: string, country: string): Promise<DialRules> {
  const [row] = await rowsOf<{ doc: Record<string, unknown> }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = 'dial-rules' AND NOT deleted`,
  );
  const given = row && DialRules.safeParse(row.doc["rules"]);
  return given?.success ? given.data : defaultRules(country);
}
