import type { BlockCode, DialVerdict } from "../../shared/calls/compliance/dial-verdict.ts";
import type { DialBlocked } from "../../shared/calls/server-wire.ts";
import { audit } from "../auth/index.ts";
import type { Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";

export type BlockedVerdict = Extract<DialVerdict, { kind: "blocked" }>;

/** A dial that a rule refused stands in the audit log. Answers what its person is told beside the sentence. */
export async function noteBlocked(
  tx: Tx,
  { tenantId, userId }: Identity,
  { callId, to, leadId }: { callId: string; to: string; leadId: string | null },
  { code, untilMs }: BlockedVerdict,
  ip: string,
): Promise<DialBlocked> {
  const told = { reason: reasons[code], until: untilMs === null ? null : new Date(untilMs).toISOString() };
  const details = { to, leadId, code, ...told };
  await audit(tx, { tenantId, actorId: userId, action: "call.blocked", subject: `calls/${callId}`, details, ip }); // prettier-ignore
  return told;
}

const reasons: Readonly<Record<BlockCode, DialBlocked["reason"]>> = {
  "not-a-number": "number",
  "emergency-number": "number",
  "short-number": "number",
  "premium-number": "number",
  "lead-do-not-call": "do-not-call",
  "number-do-not-call": "do-not-call",
  "attempts-used-up": "attempts",
  "no-common-hours": "window",
  holiday: "window",
  "closed-day": "window",
  "outside-hours": "window",
  "too-many-dials": "cap",
  "too-soon": "cap",
};
