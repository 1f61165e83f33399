import { and, eq, sql } from "drizzle-orm";
import type { DialBlocked, DialPermit, DialRequest } from "../../shared/calls/server-wire.ts";
import type { DialFacts } from "../../shared/calls/compliance/dial-facts.ts";
import type { BlockCode, DialVerdict } from "../../shared/calls/compliance/dial-verdict.ts";
import { identifyNumber } from "../../shared/calls/compliance/identify-number.ts";
import { judgeDial } from "../../shared/calls/compliance/judge-dial.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import { audit } from "../auth/index.ts";
import { rowsOf, schema, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { newCall, reconcileAfterMs } from "./begin-call.ts";
import { findListed } from "./do-not-call.ts";
import { readBusiness } from "./business-hours.ts";
import { findLeadOf } from "./find-lead.ts";
import { addLeg, ask, lineOf, tell } from "./line.ts";
import { dialRulesOf, readPhonePolicy } from "./policy.ts";
import type { CarrierAccount } from "./port.ts";
import { lockLine, writeLines } from "./store.ts";

export type DialRefusal = { message: string; details: DialBlocked };

/** A permit that was not used after so long is none. */
const permitGoodMs = 60_000;
/** As far back as the widest cap that a tenant may set. */
const dialsReadDays = 31;

/**
 * Whether this person may dial this number now, by the tenant's rules. Permitted, the call exists: the carrier will
 * take it from this desk alone. Refused, it stands in the audit log.
 */
export async function permitDial(
  tx: Tx,
  account: CarrierAccount,
  identity: Identity,
  request: DialRequest,
  origin: { ip: string; now: Date },
): Promise<Result<DialPermit, DialRefusal>> {
  const { tenantId, userId } = identity;
  const { callId, now } = { callId: request.callId, now: origin.now };
  const known = await lockLine(tx, tenantId, callId);
  if (known?.legs.some(({ role, agentId }) => role === "agent" && agentId === userId)) {
    const { theirs: to, ours: from, announce } = known.call;
    return ok({ callId, to, from, announce });
  }
  const business = await readBusiness(tx, tenantId);
  const country = business?.country ?? "US";
  const policy = await readPhonePolicy(tx, tenantId);
  const rules = dialRulesOf(policy, country);
  const facts = await gatherFacts(tx, identity, request, country, now);
  const verdict = known ? taken : judgeDial(facts, rules, now.getTime());
  if (verdict.kind === "blocked") {
    const details = { reason: reasons[verdict.code], until: instantOrNull(verdict.untilMs) };
    const noted = { to: request.to, leadId: request.leadId, code: verdict.code, ...details };
    await audit(tx, { tenantId, actorId: userId, action: "call.blocked", subject: `calls/${callId}`, details: noted, ip: origin.ip }); // prettier-ignore
    return err({ message: verdict.sentence, details });
  }
  const from = await ownNumber(tx, account, userId);
  const announce = rules.records && (policy.consent === "always" || verdict.announce.kind !== "none");
  const call = {
    ...newCall({ tenantId, accountId: account.id, callId, direction: "outbound" as const, ours: from, theirs: verdict.e164, startedAt: now }), // prettier-ignore
    announce,
    recordingWanted: rules.records ? ("on" as const) : ("off" as const),
  };
  const leg = { id: newRecordId() as string, role: "agent" as const, agentId: userId, askedAt: now, ringMs: permitGoodMs, anchor: true, anchorWanted: true }; // prettier-ignore
  const line = ask(addLeg(lineOf(call, []), leg, now), "reconcile", reconcileAfterMs);
  const requested = { type: "requested", from, to: verdict.e164, provider: account.provider, agentId: userId, leadId: request.leadId } as const; // prettier-ignore
  const asked = tell(line, "requested", requested);
  const said = announce ? tell(asked, "consent", { type: "consent", how: "announced" }) : asked;
  await writeLines(tx, tenantId, new Map(), [said], now);
  return ok({ callId, to: verdict.e164, from, announce });
}

/** The id is somebody else's call. */
const taken: DialVerdict = {
  kind: "blocked",
  code: "not-a-number",
  sentence: "This call was begun by somebody else.",
  untilMs: null,
  reasons: [],
};

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

async function gatherFacts(
  tx: Tx,
  identity: Identity,
  { to, leadId }: DialRequest,
  country: string,
  now: Date,
): Promise<DialFacts> {
  // As it is kept: a number that is typed another way has the same history.
  const number = identifyNumber(to, country);
  const theirs = number.ok ? number.value.e164 : to;
  const since = new Date(now.getTime() - dialsReadDays * 86_400_000).toISOString();
  const dials = await rowsOf<{ at: string }>(
    tx,
    sql`SELECT to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM line_calls
        WHERE tenant_id = ${identity.tenantId} AND theirs = ${theirs} AND direction = 'outbound' AND started_at >= ${since}
        ORDER BY started_at DESC LIMIT 10000`,
  );
  return {
    number: to,
    country,
    how: "by-hand",
    lead: await readLead(tx, identity, leadId ?? (await findLeadOf(tx, identity.tenantId, theirs))),
    listed: await findListed(tx, identity.tenantId, theirs),
    dials: dials.map(({ at }) => at),
    attempts: 0,
    maxAttempts: null,
  };
}

/** Of a lead that this person may see. */
async function readLead(tx: Tx, identity: Identity, leadId: string | null): Promise<DialFacts["lead"]> {
  if (leadId === null) return null;
  const [row] = await rowsOf<{ doc: Record<string, unknown> }>(
    tx,
    sql`SELECT doc FROM leads WHERE tenant_id = ${identity.tenantId} AND id = ${leadId} AND NOT deleted
          AND audience && ${sql.param(keysOf(identity))}::text[]`,
  );
  if (!row) return null;
  const { doNotCall, timeZone, city } = row.doc;
  return {
    doNotCall: doNotCall === true,
    timeZone: typeof timeZone === "string" ? timeZone.slice(0, 60) : "",
    region: "",
    city: typeof city === "string" ? city.slice(0, 500) : "",
  };
}

/** The number that the called person sees: the agent's own, or the first of the tenant. */
async function ownNumber(tx: Tx, { tenantId, id }: CarrierAccount, userId: string): Promise<string> {
  const { telephonyNumbers: numbers } = schema;
  const [row] = await tx
    .select({ number: numbers.number })
    .from(numbers)
    .where(and(eq(numbers.tenantId, tenantId), eq(numbers.accountId, id)))
    .orderBy(
      sql`(${numbers.agentId} = ${userId}) DESC NULLS LAST, (${numbers.agentId} IS NULL) DESC, ${numbers.number}`,
    )
    .limit(1);
  return row?.number ?? "";
}

function instantOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
