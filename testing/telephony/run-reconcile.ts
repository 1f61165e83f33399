import { inTenant, type Database } from "../../sync-server/database/index.ts";
import { addJob } from "../../sync-server/jobs/index.ts";
import { testTenant } from "../server/test-identities.ts";

/** What happens a minute later: the carrier is asked. */
export async function runReconcile(db: Database, callId: string): Promise<void> {
  await inTenant(db, { tenantId: testTenant }, (tx) =>
    addJob(tx, { tenantId: testTenant, kind: "call.reconcile", key: callId, dueAt: new Date(0) }),
  );
}
