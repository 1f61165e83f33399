import { and, eq } from "drizzle-orm";
import type { DialFacts } from "../../shared/calls/compliance/dial-facts.ts";
import { schema, type Tx } from "../database/index.ts";

/** The number's entry in the tenant's do-not-call list; null = it may be called. @param number E.164 */
export async function findListed(tx: Tx, tenantId: string, number: string): Promise<DialFacts["listed"]> {
  const { doNotCall } = schema;
  const [entry] = await tx
    .select({ at: doNotCall.at })
    .from(doNotCall)
    .where(and(eq(doNotCall.tenantId, tenantId), eq(doNotCall.number, number)));
  return entry ? { since: entry.at.toISOString(), list: "In-house" } : null;
}
