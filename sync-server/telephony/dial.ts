import { sql } from "drizzle-orm";
import type { DialBlocked, DialPermit, DialRequest } from "../../shared/calls/server-wire.ts";
import type { DialVerdict } from "../../shared/calls/compliance/dial-verdict.ts";
import { judgeDial } from "../../shared/calls/compliance/judge-dial.ts";
import { newRecordId } from "../../shared/entities/id.ts";
import { err, ok, type Result } from "../../shared/result/result.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { newCall, reconcileAfterMs } from "./begin-call.ts";
import { noteBlocked } from "./blocked-dial.ts";
import { gatherFacts } from "./dial-facts.ts";
import { countryOf, readBusiness } from "./business-hours.ts";
import { findCalledLead } from "./find-lead.ts";
import { hearLeg } from "./hear-leg.ts";
import { addLeg, ask, lineOf, tell } from "./line.ts";
import { findListDial } from "./outbound/dial-from-list.ts";
import { permittedLine, runsThroughServer } from "./own-exchange.ts";
import { numberShown } from "./own-number.ts";
import { dialRulesOf, readPhonePolicy } from "./policy.ts";
import type { CarrierAccount } from "./port.ts";
import { needConsent, recordingTerms, transcriberOf } from "./recording-terms.ts";
import { lockLine, writeLines } from "./store.ts";
import { askIfPlaced } from "./unplaced-dials.ts";

export type DialRefusal =
  | { code: "blocked"; message: string; details: DialBlocked }
  /** Their desk does something else at the moment: nothing forbids it afterwards. */
  | { code: "busy"; message: string };

/** A permit that was not used after so long is none. */
const permitGoodMs = 60_000;

/**
 * Whether this person may dial this number now, by the tenant's rules. Permitted, the call exists: the carrier will
 * take it from this desk alone. Refused by a rule, it stands in the audit log.
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
  const country = countryOf(business);
  const policy = await readPhonePolicy(tx, tenantId);
  const from = await numberShown(tx, tenantId, userId, account.id);
  const rules = dialRulesOf(policy, country, from);
  const isOurs = runsThroughServer(account);
  const byHand = await gatherFacts(tx, identity, { ...request, atExchange: !isOurs }, country, now);
  const fromList = known ? null : await findListDial(tx, identity, request.leadId, business, now);
  if (fromList?.closed) return err({ code: "blocked", ...fromList.closed });
  const facts = fromList?.asCampaign(byHand) ?? byHand;
  const verdict = known ? taken : judgeDial(facts, rules, now.getTime());
  if (verdict.kind === "blocked") {
    await fromList?.blocked(verdict);
    const details = await noteBlocked(tx, identity, request, verdict, origin.ip);
    return err({ code: "blocked", message: verdict.sentence, details });
  }
  const obstacle = await deskObstacle(tx, identity, now);
  if (obstacle !== null) return err({ code: "busy", message: obstacle });
  const records = rules.records && isOurs;
  const terms = recordingTerms(verdict.announce.kind, { records, always: policy.consent === "always" });
  const call = {
    ...newCall({ tenantId, accountId: account.id, callId, direction: "outbound" as const, ours: from, theirs: verdict.e164, startedAt: now }), // prettier-ignore
    ...terms,
    transcribedBy: transcriberOf(policy.transcription, terms),
    pickedUpBy: policy.detectMachines ? ("awaited" as const) : ("unasked" as const),
  };
  const leg = { id: newRecordId() as string, role: "agent" as const, agentId: userId, askedAt: now, ringMs: permitGoodMs, anchor: true, anchorWanted: true }; // prettier-ignore
  const line = isOurs
    ? ask(addLeg(lineOf(call, []), leg, now), "reconcile", reconcileAfterMs)
    : permittedLine(call, leg, now);
  const leadId = request.leadId ?? (await findCalledLead(tx, identity, verdict.e164));
  const requested = { type: "requested", from, to: verdict.e164, provider: account.provider, agentId: userId, leadId } as const; // prettier-ignore
  const asked = tell(line, "requested", requested);
  const said = terms.consent === "needed" ? needConsent(asked) : asked;
  await writeLines(tx, tenantId, new Map(), [said], now);
  if (!isOurs) await askIfPlaced(tx, tenantId, callId, now);
  await fromList?.dialled(callId);
  return ok({ callId, to: verdict.e164, from, announce: terms.announce });
}

/** What this person's desk must come to an end with first: the index `call_legs_one_ring` lets it do one thing. */
async function deskObstacle(tx: Tx, { tenantId, userId }: Identity, now: Date): Promise<string | null> {
  const underWay = await rowsOf<{ callId: string; rings: boolean; over: boolean | null }>(
    tx,
    // A desk places its dial before anybody else is in that call.
    sql`SELECT l.call_id AS "callId", EXISTS (
          SELECT FROM call_legs t WHERE t.tenant_id = l.tenant_id AND t.call_id = l.call_id AND t.role = 'customer') AS rings,
        c.doc->'line'->'phase'->>'phase' IN ('wrap-up', 'ended') AS over
        FROM call_legs l
        LEFT JOIN calls c ON c.tenant_id = l.tenant_id AND c.id = l.call_id
        WHERE l.tenant_id = ${tenantId} AND l.agent_id = ${userId} AND l.role = 'agent'
          AND l.state IN ('dialling', 'ringing')`,
  );
  for (const { callId, rings, over } of underWay) {
    if (rings) return "Your phone is ringing: answer or decline that call first.";
    if (!over) return "You are dialling already: wait for an answer, or hang up first.";
    await giveUpDial(tx, tenantId, callId, userId, now);
  }
  return null;
}

/** A desk that could not place its call (no microphone, say) has told us so; the carrier never heard of it. */
async function giveUpDial(
  tx: Tx,
  tenantId: string,
  callId: string,
  userId: string,
  now: Date,
): Promise<void> {
  const line = await lockLine(tx, tenantId, callId);
  const leg = line?.legs.find(({ agentId, role }) => agentId === userId && role === "agent");
  if (!line || !leg) return;
  const news = { sid: leg.sid ?? "", status: "cancelled", seq: 0, at: now, machine: false } as const;
  await writeLines(tx, tenantId, new Map([[callId, line]]), [hearLeg(line, leg, news)], now);
}

/** The id is somebody else's call. */
const taken: DialVerdict = {
  kind: "blocked",
  code: "not-a-number",
  sentence: "This call was begun by somebody else.",
  untilMs: null,
  reasons: [],
};
