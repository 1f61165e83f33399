import { and, eq } from "drizzle-orm";
import { schema, type Tx } from "../../database/index.ts";
import { saveRecords } from "../../sync/index.ts";

const { aiApprovals } = schema;

export type Decision = {
  approve: boolean;
  reason: string;
  byId: string;
  /** ISO 8601. */
  now: string;
};

/** The first decision stands, and its desks hear of it. @returns whether this was it */
export async function decide(
  tx: Tx,
  { tenantId, id }: { tenantId: string; id: string },
  { approve, reason, byId, now }: Decision,
): Promise<boolean> {
  const state = approve ? "approved" : "rejected";
  const decided = await tx
    .update(aiApprovals)
    .set({ state, reason, decidedById: byId, decidedAt: new Date(now) })
    .where(and(eq(aiApprovals.tenantId, tenantId), eq(aiApprovals.id, id), eq(aiApprovals.state, "waiting")))
    .returning({ id: aiApprovals.id });
  if (decided.length === 0) return false;
  const record = { id, state, byId, decidedAt: now, reason };
  await saveRecords(tx, tenantId, "insights", [record], { by: byId, now, onlyLiving: true });
  return true;
}
