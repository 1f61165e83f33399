import { sql } from "drizzle-orm";
import { holderIn } from "../../../shared/calls/talks.ts";
import { recordIdOf } from "../../../shared/entities/id.ts";
import type { CardFeedback } from "../../../shared/entities/insight.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import { removeRecords, saveRecords } from "../../sync/index.ts";
import { found } from "../route.ts";
import { readSeenCall } from "./past-calls.ts";

export type Judgement = { callId: string; card: string; atMs: number; useful: boolean };

type What = { playbook: string; version: number; callId: string; card: string; atMs: number };

/**
 * Keeps whether a card would have helped, as the feedback that it is: of somebody who heard the call afterwards, with
 * the version they tried. So it is erased with the call, and counted where agents' own answers are.
 * @param useful null = takes it back
 */
export async function keepJudgement(
  tx: Tx,
  identity: Identity,
  { playbook, version, callId, card, atMs }: What,
  useful: boolean | null,
  now: string,
): Promise<void> {
  const { tenantId, userId } = identity;
  const call = found(await readSeenCall(tx, identity, callId), "call");
  const id = recordIdOf(`judged:${tenantId}:${playbook}:${callId}:${card}:${atMs}`);
  const by = { by: userId, now };
  if (useful === null) return removeRecords(tx, tenantId, "insights", [id], by);
  const { leadId, teamId, startedAt } = call;
  // Cards count for whoever had the call when they came up.
  const agentId = holderIn(call, atMs) ?? call.agentId;
  const about = { id, kind: "card-feedback", callId, leadId, agentId, teamId, at: startedAt };
  const said = { byId: userId, playbook, playbookVersion: version, card, atMs, useful };
  await saveRecords(tx, tenantId, "insights", [{ ...about, ...said }], by);
}

/** By whoever was not in the call: an agent's own answer is about the version that they saw. */
export async function readJudgements(
  tx: Tx,
  tenantId: string,
  playbook: string,
  callIds: readonly string[],
): Promise<Judgement[]> {
  const rows = await rowsOf<{ doc: CardFeedback }>(
    tx,
    sql`SELECT doc FROM insights WHERE tenant_id = ${tenantId} AND NOT deleted
          AND doc->>'kind' = 'card-feedback' AND doc->>'playbook' = ${playbook}
          AND doc->>'byId' IS DISTINCT FROM doc->>'agentId'
          AND doc->>'callId' = ANY(${sql.param(callIds)}::text[])`,
  );
  return rows.map(({ doc: { callId, card, atMs, useful } }) => ({
    callId: callId ?? "",
    card,
    atMs,
    useful,
  }));
}
