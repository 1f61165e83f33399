import { and, eq, sql } from "drizzle-orm";
import { schema, type Tx } from "../database/index.ts";

const { telephonyNumbers: numbers } = schema;

/**
 * The number that somebody sees whom this person calls: their own, or the first of the tenant; empty where there is none.
 * @param accountId the line that they call by; without one it may be of any
 */
export async function numberShown(
  tx: Tx,
  tenantId: string,
  userId: string,
  accountId?: string,
): Promise<string> {
  const [row] = await tx
    .select({ number: numbers.number })
    .from(numbers)
    .where(
      and(
        eq(numbers.tenantId, tenantId),
        accountId === undefined ? undefined : eq(numbers.accountId, accountId),
      ),
    )
    .orderBy(
      sql`(${numbers.agentId} = ${userId}) DESC NULLS LAST, (${numbers.agentId} IS NULL) DESC, ${numbers.number}`,
    )
    .limit(1);
  return row?.number ?? "";
}

/** Whether a number rings this person alone. @param number E.164 */
export async function ringsOnly(tx: Tx, tenantId: string, userId: string, number: string): Promise<boolean> {
  const own = and(eq(numbers.tenantId, tenantId), eq(numbers.number, number), eq(numbers.agentId, userId));
  const found = await tx.select({ number: numbers.number }).from(numbers).where(own).limit(1);
  return found.length > 0;
}
