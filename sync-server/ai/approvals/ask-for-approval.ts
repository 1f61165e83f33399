import { sql } from "drizzle-orm";
import { approvalIdOf, type Letter } from "../../../shared/assistant/letters/approval.ts";
import type { Approval } from "../../../shared/entities/insight.ts";
import { rowsOf, schema, type Tx } from "../../database/index.ts";
import { removeRecords, saveRecords } from "../../sync/index.ts";
import { hashOf, letterKind, titleOf, type LetterPayload } from "./letter-payload.ts";

const { aiApprovals } = schema;

export type Ask = {
  tenantId: string;
  letter: Letter;
  draftId: string;
  flagged: boolean;
  askedById: string;
  /** Whose managers decide; null = any manager. */
  teamId: string | null;
  /** ISO 8601. */
  now: string;
};

/**
 * Puts a letter into the queue, and tells its writer's desks by a record. What waits of the same draft is replaced.
 * @returns `isNew` false where the same letter was asked for before, whatever became of it
 */
export async function askForApproval(
  tx: Tx,
  ask: Ask,
): Promise<{ id: string; title: string; isNew: boolean }> {
  const { tenantId, letter, draftId, flagged, askedById, now } = ask;
  const letterHash = hashOf(letter);
  const id = approvalIdOf(askedById, letterHash);
  const title = titleOf(letter);
  const payload: LetterPayload = { letter, flagged, letterHash, draftId };
  await withdraw(tx, ask, id);
  const asked = await tx
    .insert(aiApprovals)
    .values({ tenantId, id, kind: letterKind, title, payload, askedById, askedAt: new Date(now) })
    .onConflictDoNothing()
    .returning({ id: aiApprovals.id });
  if (asked.length > 0) await saveRecords(tx, tenantId, "insights", [recordOf(ask, id, letterHash)], { now });
  return { id, title, isNew: asked.length > 0 };
}

function recordOf({ letter, askedById, teamId, now }: Ask, id: string, letterHash: string) {
  return {
    ...{ id, kind: "approval", callId: null, leadId: letter.leadId, agentId: askedById, teamId, at: now },
    ...{ about: letter.about, letterHash, state: "waiting", byId: null, decidedAt: null, reason: "" },
  } satisfies Partial<Record<keyof Approval, unknown>> & { id: string };
}

/** Their writer wants another text now; nobody needs to read them. */
async function withdraw(tx: Tx, { tenantId, draftId, askedById, now }: Ask, butId: string): Promise<void> {
  const gone = await rowsOf<{ id: string }>(
    tx,
    sql`DELETE FROM ai_approvals WHERE tenant_id = ${tenantId} AND asked_by_id = ${askedById}
          AND state = 'waiting' AND payload->>'draftId' = ${draftId} AND id <> ${butId} RETURNING id`,
  );
  const ids = gone.map(({ id }) => id);
  if (ids.length > 0) await removeRecords(tx, tenantId, "insights", ids, { now });
}
