import { and, eq } from "drizzle-orm";
import { newRecordId } from "../../shared/entities/id.ts";
import { inTenant, schema, type Tx } from "../database/index.ts";
import type { CarrierAccount, Script } from "./port.ts";
import { untilThrough } from "./attempts.ts";
import { countryOf, isOpen, readBusiness } from "./business-hours.ts";
import { mediaUrlOf, nowOf, type TelephonyDeps } from "./deps.ts";
import { findLeadOf, readCity } from "./find-lead.ts";
import { addLeg, ask, changeCall, changeLeg, lineOf, tell, type Line, type LineCall } from "./line.ts";
import type { NewCall } from "./notices.ts";
import { readPhonePolicy } from "./policy.ts";
import { readQueue } from "./queue-settings.ts";
import { recordingLawOf } from "./recording-law.ts";
import { needConsent, recordingTerms, transcriberOf } from "./recording-terms.ts";
import { routeLine } from "./route-call.ts";
import { scriptFor } from "./scripts.ts";
import { lockLine, writeLines } from "./store.ts";
import { messageScript } from "./voicemail.ts";

/** Of an address that is no number, such as one of SIP: records keep so much of it (shared/entities/fields.ts). */
const longestKept = 40;
/** Missed reports are asked for after so long. */
export const reconcileAfterMs = 60_000;
const customerRingMs = 45_000;

/** A call has begun: writes it down, finds out who takes it, and says what the carrier is to do with it. */
export async function beginCall(
  deps: TelephonyDeps,
  account: CarrierAccount,
  call: NewCall,
): Promise<Script> {
  const script = await untilThrough(() =>
    inTenant(deps.db, account, (tx) =>
      call.kind === "called"
        ? beginInbound(tx, account, call, deps)
        : beginOutbound(tx, account, call, nowOf(deps)),
    ),
  );
  return script;
}

async function beginInbound(
  tx: Tx,
  account: CarrierAccount,
  { sid, from: caller, to, at }: Extract<NewCall, { kind: "called" }>,
  deps: TelephonyDeps,
): Promise<Script> {
  const now = nowOf(deps);
  const { tenantId, id: accountId } = account;
  const from = caller.slice(0, longestKept);
  const known = await findCallOfLeg(tx, account, sid);
  const policy = await readPhonePolicy(tx, tenantId);
  // The carrier asks again where our first answer was lost: it is the same call.
  if (known) return scriptOf(tx, account, known, sid, deps);
  const number = await findNumber(tx, account, to);
  if (!number) return [{ do: "refuse", why: "rejected" }];
  const business = await readBusiness(tx, tenantId);
  const queue = number.queue || policy.defaultQueue;
  const open = number.alwaysOpen || business === null || isOpen(business, now.getTime());
  const callId = newRecordId() as string;
  const fresh = newCall({
    tenantId,
    accountId,
    callId,
    direction: "inbound",
    ours: to,
    theirs: from,
    startedAt: now,
  });
  const leadId = await findLeadOf(tx, tenantId, from);
  const city = leadId === null ? "" : await readCity(tx, tenantId, leadId);
  const law = recordingLawOf(policy, countryOf(business), { ours: to, theirs: from, city });
  const terms = recordingTerms(law, { records: policy.recording, always: policy.consent === "always" });
  const call: LineCall = {
    ...fresh,
    ...terms,
    transcribedBy: transcriberOf(policy.transcription, terms),
    queue,
    onlyAgentId: number.agentId,
    ...(open ? { queuedAt: now } : { voicemailAt: now }),
  };
  const leg = { id: newRecordId() as string, role: "customer" as const, sid, state: "live" as const, askedAt: now, answeredAt: now, anchor: true, anchorWanted: true }; // prettier-ignore
  let line = ask(addLeg(lineOf(call, []), leg, now), "reconcile", reconcileAfterMs);
  const fact = { type: "offered", from, to, provider: account.provider, leadId } as const;
  line = { ...line, said: [{ by: "carrier", sid, seq: 0, key: `${sid}:offered`, at, fact }] };
  if (call.consent === "needed") line = needConsent(line);
  if (open) line = tell(line, "queued", { type: "queued", queue });
  const { line: routed, nextAt } = open ? await routeLine(tx, line, now) : { line, nextAt: null };
  const told = nextAt ? ask(routed, "route", nextAt.getTime() - now.getTime()) : routed;
  // Nobody is there at all: they hear so at once rather than after music.
  const final = told.call.voicemailAt ? changeCall(told, { voicemailTold: true }) : told;
  await writeLines(tx, tenantId, new Map(), [final], now);
  return scriptOf(tx, account, final, sid, deps);
}

async function beginOutbound(
  tx: Tx,
  account: CarrierAccount,
  { sid, userId, callId }: Extract<NewCall, { kind: "dialled" }>,
  now: Date,
): Promise<Script> {
  const { tenantId } = account;
  const before = await lockLine(tx, tenantId, callId);
  const own = before?.legs.find(({ role }) => role === "agent");
  // Nobody has permitted it, somebody else has, or it is over: a desk cannot dial past the rules.
  if (
    !before ||
    !own ||
    own.agentId !== userId ||
    before.call.overAt !== null ||
    (own.sid !== null && own.sid !== sid)
  )
    return [{ do: "refuse", why: "rejected" }];
  if (own.sid === sid) return scriptFor(before, own, null);
  const up = changeLeg(before, own.id, { sid, state: "live", answeredAt: now });
  const customer = { id: newRecordId() as string, role: "customer" as const, ringMs: customerRingMs, anchor: true, anchorWanted: true }; // prettier-ignore
  const dialled = ask(addLeg(up, customer, now), "reconcile", reconcileAfterMs);
  await writeLines(tx, tenantId, new Map([[callId, before]]), [dialled], now);
  return scriptFor(dialled, own, null);
}

async function scriptOf(
  tx: Tx,
  account: CarrierAccount,
  line: Line,
  sid: string,
  deps: TelephonyDeps,
): Promise<Script> {
  const leg = line.legs.find((one) => one.sid === sid);
  if (!leg) return [{ do: "hang-up" }];
  if (line.call.voicemailAt !== null)
    return messageScript(tx, line, leg, deps.soundsUrl(account), nowOf(deps));
  const script = scriptFor(line, leg, mediaUrlOf(deps, account, leg));
  if (line.call.queuedAt === null || line.call.onlyAgentId !== null) return script;
  const { announcement } = await readQueue(tx, line.call.tenantId, line.call.queue);
  return announcement === "" ? script : [{ do: "say", text: announcement }, ...script];
}

async function findCallOfLeg(tx: Tx, { tenantId, id }: CarrierAccount, sid: string): Promise<Line | null> {
  const { callLegs } = schema;
  const own = and(eq(callLegs.tenantId, tenantId), eq(callLegs.accountId, id), eq(callLegs.sid, sid));
  const [leg] = await tx.select({ callId: callLegs.callId }).from(callLegs).where(own);
  return leg ? lockLine(tx, tenantId, leg.callId) : null;
}

async function findNumber(tx: Tx, { tenantId, id }: CarrierAccount, number: string) {
  const { telephonyNumbers: numbers } = schema;
  const own = and(eq(numbers.tenantId, tenantId), eq(numbers.accountId, id), eq(numbers.number, number));
  const [row] = await tx.select().from(numbers).where(own);
  return row;
}

type Given = Pick<
  LineCall,
  "tenantId" | "accountId" | "callId" | "direction" | "ours" | "theirs" | "startedAt"
>;

/** A call of which nothing is known but who is in it. */
export function newCall(given: Given): LineCall {
  return {
    ...given,
    announce: false,
    consent: "unneeded",
    queue: "",
    queuedAt: null,
    onlyAgentId: null,
    voicemailAt: null,
    voicemailTold: false,
    greeting: "",
    pickedUpBy: "unasked",
    holdWanted: false,
    held: false,
    recordingWanted: "off",
    recording: "off",
    nextSeq: 0,
    heard: {},
    transcribedBy: "carrier",
    overAt: null,
  };
}
