import { sql } from "drizzle-orm";
import type { Edit } from "../../../shared/sync/edit.ts";
import type { Tx } from "../../database/index.ts";
import type { DeviceIdentity } from "../../http/identity.ts";
import type { Outcomes } from "./outcomes.ts";

/** Who changed what the whole tenant works with: settings have no timeline, the audit log tells of them. */
export async function auditSettings(
  tx: Tx,
  { tenantId, userId }: DeviceIdentity,
  edits: readonly Edit[],
  outcomes: Outcomes,
): Promise<void> {
  const entries = edits
    .filter(({ collection, editId }) => collection === "settings" && isTaken(outcomes, editId))
    .map((edit) => ({
      action: `setting.${edit.kind}`,
      subject: `settings/${edit.id}`,
      details: edit.kind === "update" ? { changes: edit.changes } : {},
    }));
  if (entries.length === 0) return;
  await tx.execute(
    sql`INSERT INTO audit_log (tenant_id, actor_id, action, subject, details)
        SELECT ${tenantId}, ${userId}, action, subject, details
        FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS given (action text, subject text, details jsonb)`,
  );
}

function isTaken(outcomes: Outcomes, editId: string): boolean {
  const outcome = outcomes.get(editId)?.outcome;
  return outcome === "accepted" || outcome === "merged";
}
