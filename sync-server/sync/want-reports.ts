import type { Tx } from "../database/index.ts";
import { addJobs } from "../jobs/index.ts";

/** What calls came to is worked out by this job; its key is the call (../coaching). */
export const reportJob = "call.report";

/** What was said last comes after the end, and a burst of it makes one report. */
const settlesAfterMs = 1_500;

/**
 * Asks for the reports of calls, in the transaction that ends them or tells what was said in one that has ended.
 * @param now ISO 8601
 */
export async function wantReports(
  tx: Tx,
  tenantId: string,
  callIds: Iterable<string>,
  now: string,
): Promise<void> {
  const dueAt = new Date(Date.parse(now) + settlesAfterMs);
  await addJobs(
    tx,
    Array.from(new Set(callIds), (key) => ({ tenantId, kind: reportJob, key, dueAt })),
  );
}
