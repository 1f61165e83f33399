import { sql } from "drizzle-orm";
import { RecordId } from "../../../shared/entities/id.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import { announceSaid, saveRecords, wantReports } from "../../sync/index.ts";
import { agentLegOf, changeCall, hasGoneOver, isGivenAway, type Leg, type Line } from "../line.ts";
import type { NoticeOf } from "../notices.ts";
import { nameFinal, speakerOf, trackOf } from "./name-utterance.ts";
import { answerOf, placeUtterance } from "./place-utterance.ts";
import { usersOf } from "./listeners.ts";

/** The most words of which a segment keeps times (shared/entities/call.ts). */
const mostTimes = 8_000;

/**
 * Keeps what was heard for good as a segment, and tells the desks of the call at once when that is sure. Of what may not
 * be kept (said-unagreed.ts) it is told without its words: desks hear only that its guesses have ended.
 * @returns the line, which knows how far this track was heard
 */
export async function writeTranscript(
  tx: Tx,
  line: Line,
  leg: Leg,
  notice: NoticeOf<"transcript">,
  receivedAt: Date,
  now: Date,
): Promise<Line> {
  if (!notice.final) return line;
  const { call, legs } = line;
  const speaker = speakerOf(leg, notice.track);
  const track = trackOf(speaker, notice.session);
  const newest = call.heard[track] ?? 0;
  // The same again, under another identity.
  if (notice.seq === newest) return line;
  const heard = { ...call.heard, [track]: Math.max(newest, notice.seq) };
  const id = RecordId.parse(nameFinal(call.callId, track, newest, notice.seq));
  const timing = notice.timing.slice(0, mostTimes);
  const placed = placeUtterance({ ...notice, timing }, answerOf(call, legs), receivedAt);
  const utterance = { id, speaker, ...placed, text: notice.text.trim() };
  const belongs = await belongsTo(tx, line);
  // [EDIT-10] What was deleted takes its words along; those that come later would outlive it.
  if (utterance.text !== "" && belongs !== null) {
    const segment = { ...utterance, callId: call.callId, ...belongs };
    const at = now.toISOString();
    await saveRecords(tx, call.tenantId, "segments", [segment], { now: at });
    // The end itself asks for the report of what was heard before it.
    if (call.overAt !== null) await wantReports(tx, call.tenantId, [call.callId], at);
  }
  // One without words ends the guess that it stands for all the same.
  await announceSaid(tx, {
    tenantId: call.tenantId,
    callId: RecordId.parse(call.callId),
    users: usersOf(legs),
    utterances: [{ ...utterance, revision: notice.seq, final: true }],
    stopped: false,
    heard,
  });
  return changeCall(line, { heard });
}

/** Of a call that was given away, or merged into another, what was said before is ours, however late it is told; what follows is said to others. */
export function isSaidToOthers(line: Line, notice: NoticeOf<"transcript">, receivedAt: Date): boolean {
  if (!(isGivenAway(line) || hasGoneOver(line)) || line.call.overAt === null) return false;
  const answeredAt = answerOf(line.call, line.legs);
  const { startMs } = placeUtterance(notice, answeredAt, receivedAt);
  return answeredAt.getTime() + startMs >= line.call.overAt.getTime();
}

/** Who may hear the call may read it; null = the call or its lead was deleted. */
async function belongsTo(tx: Tx, line: Line) {
  const { tenantId, callId } = line.call;
  const [row] = await rowsOf<{ leadId: string | null; teamId: string | null; gone: boolean }>(
    tx,
    sql`SELECT c.doc->>'leadId' AS "leadId", c.doc->>'teamId' AS "teamId",
          c.deleted OR COALESCE(l.deleted, false) AS gone
        FROM calls c LEFT JOIN leads l ON l.tenant_id = c.tenant_id AND l.id = c.parent_id
        WHERE c.tenant_id = ${tenantId} AND c.id = ${callId}`,
  );
  if (row?.gone) return null;
  const agent = agentLegOf(line) ?? line.legs.findLast(({ role }) => role === "agent");
  return { leadId: row?.leadId ?? null, teamId: row?.teamId ?? null, agentId: agent?.agentId ?? null };
}
