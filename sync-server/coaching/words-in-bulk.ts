import { sql } from "drizzle-orm";
import { z } from "zod";
import type { BulkWork } from "../ai/index.ts";
import { inTenant, rowsOf } from "../database/index.ts";
import { addJob } from "../jobs/index.ts";
import { nowOf, type CoachingDeps } from "./deps.ts";
import { keepAnswer, readWithReport, wordsJob } from "./report-job.ts";
import { reportWords, type Words, type WordsInput } from "./report-words.ts";

/** Words for reports that nobody waits for: they are asked for together. */
export function wordsInBulk(deps: CoachingDeps): BulkWork<WordsInput, Words> {
  return {
    task: reportWords,
    read: (tenantId, callId) => inTenant(deps.db, { tenantId }, (tx) => readWithReport(tx, tenantId, callId)),
    take: (tenantId, callId, { report }, answer) => keepAnswer(deps, { tenantId, callId, report }, answer),
    askAlone: (tenantId, callId, brokeOff) =>
      inTenant(deps.db, { tenantId }, (tx) =>
        addJob(tx, {
          tenantId,
          kind: wordsJob,
          key: callId,
          payload: { alone: true, brokeOff },
          dueAt: nowOf(deps),
        }),
      ),
  };
}

/** Of a job for the words of one call. */
export const WordsPayload = z.object({
  /** No batch answers it. */
  alone: z.boolean().default(false),
  /** Older jobs do not say which model it was: they are asked as any other. */
  brokeOff: z
    .object({ modelId: z.string(), by: z.enum(["thinking", "writing"]) })
    .nullable()
    .catch(null),
});

/** @returns whether the words of this call come with those of others: it was held elsewhere, long ago */
export async function leaveToBatch(
  { db, bulk }: CoachingDeps,
  tenantId: string,
  callId: string,
): Promise<boolean> {
  if (!bulk) return false;
  const imported = await inTenant(db, { tenantId }, (tx) =>
    rowsOf(
      tx,
      sql`SELECT 1 FROM imported_recordings WHERE tenant_id = ${tenantId} AND call_id = ${callId} LIMIT 1`,
    ),
  );
  return imported.length > 0 && (await bulk.add({ tenantId, work: reportWords.name, key: callId }));
}
