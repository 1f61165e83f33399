import { isConnected, isOfOwnExchange, isOver } from "../../../../shared/calls/call.ts";
import type { CallEvent, CallEventOf } from "../../../../shared/calls/call-event.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import {
  findCall,
  replyTo,
  toldForMs,
  withCall,
  withoutCall,
  withoutLeft,
  type AskedDial,
  type Now,
  type Offer,
  type OwnCall,
  type Phone,
  type PhoneEffect,
  type PhoneEvent,
  type Step,
  type TransferStep,
} from "./model.ts";
import {
  hasSaid,
  isBack,
  isColleagues,
  isGuest,
  isPutThrough,
  newCall,
  numberOf,
  say,
  sayAnswered,
  stateOf,
  untoldOf,
  type Said,
} from "./own-call.ts";

const none = (phone: Phone): Step => ({ phone, effects: [] });

/** It rings here. A call that rings twice is one call, also where the carrier offers it again. */
export function offerCall(phone: Phone, offer: Offer, now: Now): Step {
  const { callId, from, to, name, leadId, provider } = offer;
  const known = findCall(phone, callId);
  if (known && known.leg !== "gone") return none(phone);
  if (offer.monitoring !== null && !isGuest(offer)) return joinColleague(phone, offer, now);
  const birth = say(known ?? newCall(callId), now, { type: "offered", from, to, provider, leadId: null });
  const routed = phone.me ? say(birth.call, now, { type: "routed", agentId: phone.me }) : birth;
  const call: OwnCall = {
    ...routed.call,
    leg: "offered",
    monitoring: offer.monitoring,
    warning: null,
    name: name || birth.call.name,
    leadId: leadId ?? birth.call.leadId,
  };
  return {
    phone: { ...withoutLeft(phone, callId), calls: [call, ...withoutCall(phone, callId).calls] },
    effects: [{ do: "follow-record", callId }],
  };
}

/** The carrier rings for somebody who asked to listen: that is the answer to it, and nothing rings. */
function joinColleague(phone: Phone, offer: Offer, now: Now): Step {
  const { callId, from, to, provider } = offer;
  const asked = phone.joining.find((one) => one.callId === callId && one.role === offer.monitoring);
  // Nobody here asked for it, or they have thought better of it: the ring for the part that they want is on its way.
  if (!asked) return { phone, effects: [{ do: "reject", callId }] };
  const { call } = say(newCall(callId), now, { type: "offered", from, to, provider, leadId: null });
  const joining = phone.joining.filter((one) => one !== asked);
  const askId = `join:${callId}:${asked.role}`;
  const accept: PhoneEffect = { do: "accept", askId, callId, holdFirst: [] };
  const pending = { ability: "answer", askId, effect: accept, record: null } as const;
  const joined: OwnCall = { ...call, leg: "offered", monitoring: asked.role, name: offer.name, pending };
  return {
    phone: { ...phone, joining, calls: [joined, ...withoutCall(phone, callId).calls] },
    effects: [{ do: "follow-record", callId }, accept],
  };
}

export function loseOffer(
  phone: Phone,
  callId: RecordId,
  why: "cancelled" | "answered-elsewhere",
  now: Now,
): Step {
  const call = findCall(phone, callId);
  if (call?.leg !== "offered") return none(phone);
  if (isGuest(call) && !(call.record && isOver(call.record)))
    return dropOffer(phone, call, "Taken back, or answered elsewhere.");
  const elsewhere = why === "answered-elsewhere" || isConnected(call.record ?? stateOf(call));
  if (elsewhere) return dropOffer(phone, call, "Answered elsewhere.");
  const told = reportMissed(call, now, [{ type: "ended", why: "abandoned" }]);
  const dropped = dropOffer(phone, { ...call, missed: told.length > 0 }, "The caller hung up.");
  return { ...dropped, effects: [...told, ...dropped.effects] };
}

/** Of a caller whom no server knows, and nobody answered. */
export function reportMissed(call: OwnCall, now: Now, facts: readonly Said[]): PhoneEffect[] {
  const births = untoldOf(call);
  if (births.length === 0) return [];
  let told = call;
  const events = facts.map((fact) => {
    const said = say(told, now, fact);
    told = said.call;
    return said.event;
  });
  return [{ do: "report", callId: call.callId, events: [...births, ...events] }];
}

/** Stays for a moment, so that whoever was about to answer reads why it is gone. */
export function dropOffer(phone: Phone, call: OwnCall, warning: string): Step {
  const { callId, pending } = call;
  const effects: PhoneEffect[] = [{ do: "after", delayMs: toldForMs, what: "forget", callId }];
  if (pending) effects.push(replyTo(pending.askId, { code: "not-possible", message: warning }));
  return { phone: withCall(phone, { ...call, leg: "gone", pending: null, warning }), effects };
}

export function openCall(phone: Phone, callId: RecordId, controlsItself: boolean): Step {
  const call = findCall(phone, callId);
  if (!call || call.leg === "gone") return none(phone);
  const leg = call.leg === "offered" ? "opening" : call.leg;
  return none(withCall(phone, { ...call, leg, controlsItself }));
}

export function hearRinging(phone: Phone, callId: RecordId, now: Now): Step {
  const call = findCall(phone, callId);
  if (call?.leg !== "opening") return none(phone);
  return saying(phone, call, now, { type: "ringing" }, call.controlsItself);
}

/** Sound goes both ways. Of a call that came in this person picked up; of one that was dialled the other side did. */
export function hearAnswer(phone: Phone, callId: RecordId, now: Now): Step {
  const call = findCall(phone, callId);
  if (!call || call.leg === "open" || call.leg === "gone") return none(phone);
  const open: OwnCall = { ...call, leg: "open" };
  if (isGuest(call)) return saying(phone, open, now, { type: "answered", agentId: phone.me }, false);
  if (call.monitoring !== null) return none(withCall(phone, open));
  if (!isPutThrough(call)) return pickUp(phone, open, now);
  // They may have picked up before our own way was open: what this desk does next, it does to a call that is live.
  const isTaken = call.record !== null && isConnected(call.record);
  return isTaken
    ? saying(phone, open, now, { type: "answered", agentId: phone.me }, false)
    : none(withCall(phone, open));
}

/**
 * Of a caller at a company's own exchange nobody has told before: the server hears of them by who picked up. One whom a
 * colleague is giving away is theirs to tell of until they have.
 */
function pickUp(phone: Phone, call: OwnCall, now: Now): Step {
  const said = sayAnswered(call, now, phone.me);
  if (isColleagues(call, phone.me)) return none(withCall(phone, said.call));
  const report: PhoneEffect = {
    do: "report",
    callId: call.callId,
    events: [...untoldOf(call), said.event],
  };
  return { phone: withCall(phone, said.call), effects: [report] };
}

export function setBroken(phone: Phone, callId: RecordId, broken: boolean): Step {
  const call = findCall(phone, callId);
  return call ? none(withCall(phone, { ...call, broken })) : none(phone);
}

/**
 * Whoever is there now is shown, and looked for among the leads; and said of the call, as colleagues and its history
 * would go on showing whom it began with.
 */
export function meetOther(
  phone: Phone,
  { callId, number, name }: Extract<PhoneEvent, { type: "other-side" }>,
  now: Now,
): Step {
  const call = findCall(phone, callId);
  if (!call || call.leg === "gone") return none(phone);
  const met: OwnCall = { ...call, passedTo: number, name, company: "", leadId: null };
  return saying(phone, met, now, bornWith(phone, met), true);
}

function bornWith({ me }: Phone, call: OwnCall): Said {
  const { direction, from, to, provider } = stateOf(call);
  const [number, { leadId }] = [numberOf(call), call];
  if (direction === "inbound" || me === null) return { type: "offered", from: number, to, provider, leadId };
  return { type: "requested", from, to: number, provider, agentId: me, leadId };
}

/** Who it is. `byNumber`: found here; otherwise said by a person, or by the record. */
export function nameCall(
  phone: Phone,
  { callId, lead, byNumber = false }: Extract<PhoneEvent, { type: "named" }>,
  now: Now,
): Step {
  const call = findCall(phone, callId);
  const { id: leadId, name, company } = lead;
  if (!call) return none(nameDial(phone, callId, lead));
  const named: OwnCall = { ...call, leadId, name, company };
  return byNumber ? sayWhose(phone, named, now) : none(withCall(phone, named));
}

function nameDial(phone: Phone, callId: RecordId, lead: AskedDial["lead"]): Phone {
  const permits = phone.permits.map((dial) => (dial.callId === callId ? { ...dial, lead } : dial));
  return { ...phone, permits };
}

/**
 * A carrier's callers are found by the server. Of one at a company's own exchange nobody else tells whose lead they are:
 * that is said with how they came, or once more where this has been told.
 */
function sayWhose(phone: Phone, call: OwnCall, now: Now): Step {
  const { leadId, record, monitoring, passedTo } = call;
  const state = stateOf(call);
  const isDialled = state.direction === "outbound" && passedTo === null;
  if (!isOfOwnExchange(state) || isDialled || monitoring !== null || record?.leadId === leadId)
    return none(withCall(phone, call));
  if (call.missed || hasSaid(call, "answered", "ended"))
    return saying(phone, call, now, bornWith(phone, call), !isColleagues(call, phone.me));
  const events = call.events.map((event) => (event.type === "offered" ? { ...event, leadId } : event));
  return none(withCall(phone, { ...call, events }));
}

export function startTransfer(
  phone: Phone,
  started: Extract<PhoneEvent, { type: "transfer-started" }>,
  now: Now,
): Step {
  const call = findCall(phone, started.callId);
  if (!call || isBack(call)) return none(phone);
  return saying(phone, call, now, startOf(started), call.controlsItself);
}

export function startOf({ transferId, target, mode }: Pick<CallEventOf<"transfer-started">, TransferPart>) {
  return { type: "transfer-started", transferId, target, mode } as const;
}
type TransferPart = "transferId" | "target" | "mode";

export function changeTransfer(
  phone: Phone,
  callId: RecordId,
  transferId: string,
  change: TransferStep,
  now: Now,
): Step {
  const call = findCall(phone, callId);
  if (!call) return none(phone);
  const said = transferSaid(transferId, change);
  return saying(phone, call, now, said, call.controlsItself);
}

function transferSaid(transferId: string, change: TransferStep) {
  if (change.step === "cancelled")
    return { type: "transfer-cancelled", transferId, why: change.why } as const;
  return change.step === "answered"
    ? ({ type: "transfer-answered", transferId } as const)
    : ({ type: "transfer-completed", transferId } as const);
}

function saying(
  phone: Phone,
  call: OwnCall,
  now: Now,
  said: Parameters<typeof say>[2],
  report: boolean,
): Step {
  const { call: next, event } = say(call, now, said);
  return { phone: withCall(phone, next), effects: report ? [reportOf(next, event)] : [] };
}

function reportOf({ callId }: OwnCall, event: CallEvent): PhoneEffect {
  return { do: "report", callId, events: [event] };
}
