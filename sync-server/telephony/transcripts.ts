import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "../database/index.ts";
import { saveRecords } from "../sync/index.ts";
import { agentLegOf, type Leg, type Line } from "./line.ts";
import type { NoticeOf } from "./notices.ts";

/** People speak about 160 words a minute; carriers tell when a sentence was understood, not when it began. */
const msPerWord = 375;

/**
 * Keeps a sentence of a call's transcript, with its times on the call's one clock, which starts at the answer. Which
 * track is whom depends on the leg that is listened to.
 */
export async function writeTranscript(
  tx: Tx,
  { call, legs }: Line,
  leg: Leg,
  { track, seq, text, at, final }: NoticeOf<"transcript">,
  now: Date,
): Promise<void> {
  if (!final || text.trim() === "") return;
  const isCustomer = (leg.role === "customer") === (track === "said");
  const speaker = isCustomer ? "customer" : "agent";
  const agent =
    agentLegOf({ call, legs, said: [], jobs: [], strays: [] }) ??
    legs.findLast(({ role }) => role === "agent");
  const startOfCall = answeredAt(call.direction, legs) ?? call.startedAt;
  const endMs = Math.max(0, Date.parse(at) - startOfCall.getTime());
  const segment = {
    id: `${call.callId}:${speaker === "agent" ? "a" : "c"}:${seq}`,
    callId: call.callId,
    ...(await belongsTo(tx, call)),
    agentId: agent?.agentId ?? null,
    speaker,
    startMs: Math.max(0, endMs - text.split(/\s+/u).length * msPerWord),
    endMs,
    text,
  };
  await saveRecords(tx, call.tenantId, "segments", [segment], { now: now.toISOString() });
}

/** Who may hear the call may read it. */
async function belongsTo(tx: Tx, { tenantId, callId }: Line["call"]) {
  const [row] = await rowsOf<{ leadId: string | null; teamId: string | null }>(
    tx,
    sql`SELECT doc->>'leadId' AS "leadId", doc->>'teamId' AS "teamId" FROM calls
        WHERE tenant_id = ${tenantId} AND id = ${callId}`,
  );
  return { leadId: row?.leadId ?? null, teamId: row?.teamId ?? null };
}

/** When both could be heard: the later one of the two picked up. */
function answeredAt(direction: "inbound" | "outbound", legs: readonly Leg[]): Date | null {
  const role = direction === "inbound" ? "agent" : "customer";
  return legs.find((leg) => leg.role === role && leg.answeredAt !== null)?.answeredAt ?? null;
}
