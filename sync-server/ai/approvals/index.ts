import { and, eq } from "drizzle-orm";
import { v7 } from "uuid";
import { schema, type Tx } from "../../database/index.ts";

// What a person looks at before it is sent, such as a letter to many. Whoever asks looks for what was decided by kind.

const { aiApprovals } = schema;

export type Ask = {
  tenantId: string;
  kind: string;
  title: string;
  payload: unknown;
  askedById: string;
  now: Date;
};

/** Puts something into the queue, in the transaction that causes it. @returns its id */
export async function askForApproval(tx: Tx, { now, ...ask }: Ask): Promise<string> {
  const id = v7();
  await tx.insert(aiApprovals).values({ ...ask, id, askedAt: now });
  return id;
}

export type Decision = { approve: boolean; reason: string; byId: string; now: Date };

/** The first decision stands. @returns whether this was it */
export async function decide(
  tx: Tx,
  { tenantId, id }: { tenantId: string; id: string },
  { approve, reason, byId, now }: Decision,
): Promise<boolean> {
  const decided = await tx
    .update(aiApprovals)
    .set({ state: approve ? "approved" : "rejected", reason, decidedById: byId, decidedAt: now })
    .where(and(eq(aiApprovals.tenantId, tenantId), eq(aiApprovals.id, id), eq(aiApprovals.state, "waiting")))
    .returning({ id: aiApprovals.id });
  return decided.length > 0;
}
