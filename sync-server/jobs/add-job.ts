import { sql } from "drizzle-orm";
import type { Tx } from "../database/index.ts";

export type JobRequest = {
  tenantId: string;
  kind: string;
  /** A second job of the same kind and key is the same job, to be done once more. */
  key: string;
  payload?: Record<string, unknown>;
  dueAt: Date;
};

/** Its payload is the kind of work that was asked for, or, as JSON, the name of a job that is done. */
export const jobsChannel = "ringside_jobs";

/** `addJobs` for one. */
export function addJob(tx: Tx, job: JobRequest): Promise<void> {
  return addJobs(tx, [job]);
}

/**
 * Asks for work in the transaction that causes it: neither happens without the other. Asked for again, it becomes
 * due at the earlier of the two times with the newer payload, and its failures are forgotten. No two of `wanted` may
 * be the same job.
 */
export async function addJobs(tx: Tx, wanted: readonly JobRequest[]): Promise<void> {
  if (wanted.length === 0) return;
  const rows = wanted.map(({ tenantId, kind, key, payload = {}, dueAt }) => ({
    ...{ tenant_id: tenantId, kind, key, payload },
    due_at: dueAt.toISOString(),
  }));
  await tx.execute(
    sql`WITH asked AS (
          INSERT INTO jobs (tenant_id, kind, key, payload, due_at)
          SELECT tenant_id, kind, key, payload, due_at FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
            AS given (tenant_id text, kind text, key text, payload jsonb, due_at timestamptz)
          ON CONFLICT (tenant_id, kind, key) DO UPDATE SET
            asked = jobs.asked + 1, payload = excluded.payload, attempts = 0, failed_at = NULL,
            due_at = CASE WHEN jobs.failed_at IS NULL THEN least(jobs.due_at, excluded.due_at) ELSE excluded.due_at END
          RETURNING kind)
        SELECT pg_notify(${jobsChannel}, kind) FROM (SELECT DISTINCT kind FROM asked) AS kinds`,
  );
}
