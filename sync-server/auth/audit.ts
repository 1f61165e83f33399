import { schema, type Tx } from "../database/index.ts";

export type AuditEntry = {
  tenantId: string;
  /** Null = the server itself. */
  actorId: string | null;
  /** Noun and verb, e.g. `member.deactivate`. */
  action: string;
  subject: string;
  /** Before and after, never a secret. */
  details?: Record<string, unknown>;
  ip: string | null;
};

/** Writes who did what, in the transaction that does it: neither exists without the other. */
export async function audit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { details = {}, ...rest } = entry;
  await tx.insert(schema.auditLog).values({ ...rest, details });
}
