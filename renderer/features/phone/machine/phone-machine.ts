import { isConnected, isOfOwnExchange, isOver, type CallState } from "../../../../shared/calls/call.ts";
import { assertNever } from "../../../../shared/result/result.ts";
import { takeCommand } from "./commands.ts";
import {
  changeTransfer,
  dropOffer,
  hearAnswer,
  hearRinging,
  loseOffer,
  meetOther,
  nameCall,
  offerCall,
  openCall,
  setBroken,
  startTransfer,
} from "./device-events.ts";
import { claim, denySupposed, isGivenToUs, isToldAsOurs, takeKept, takeLeft } from "./given-calls.ts";
import { leaveCall, leaveOnMachine, replyToPending, settle } from "./leave-call.ts";
import {
  findCall,
  isWanted,
  newPhone,
  replyTo,
  withCall,
  withoutCall,
  withoutLeft,
  type Now,
  type OwnCall,
  type Phone,
  type PhoneEffect,
  type PhoneEvent,
  type Step,
} from "./model.ts";
import { finishAsk, noteHold, placeCall, refuseAsk } from "./outcomes.ts";
import { isGivenAway, isGuest, leavesBy, letGo, newCall, say, stateOf } from "./own-call.ts";

/**
 * What an event makes of the phone, and what is to be done about it. Pure. Invariants: every ask is replied to
 * once; it rings exactly while a call is offered that nobody has taken; a call whose device has left it keeps no
 * microphone; nothing brings a call back that is over.
 */
export function nextPhone(phone: Phone, event: PhoneEvent, now: Now): Step {
  const step = react(phone, event, now);
  return withRing(phone, step);
}

function react(phone: Phone, event: PhoneEvent, now: Now): Step {
  switch (event.type) {
    case "signed-in":
      return { phone: { ...phone, me: event.me }, effects: [] };
    case "signed-out":
      return signOut(phone);
    case "asked":
      return takeCommand(phone, event.command, { askId: event.askId, now });
    case "done":
      return finishAsk(phone, event.askId);
    case "refused":
      return refuseAsk(phone, event, now);
    case "permitted":
      return placeCall(phone, event.askId, event.permit, now);
    case "offered":
      return offerCall(phone, event.call, now);
    case "offer-gone":
      return loseOffer(phone, event.callId, event.why, now);
    case "opened":
      return openCall(phone, event.callId, event.controlsItself);
    case "ringing":
      return hearRinging(phone, event.callId, now);
    case "answered":
      return hearAnswer(phone, event.callId, now);
    case "broken":
    case "mended":
      return setBroken(phone, event.callId, event.type === "broken");
    case "ended":
      return leaveCall(phone, event.callId, event.why, event.message, now);
    case "other-side":
      return meetOther(phone, event, now);
    case "message-left":
      return leaveOnMachine(phone, event.callId, now);
    case "held":
      return noteHold(phone, event.callId, event.on, now);
    case "transfer":
      return changeTransfer(phone, event.callId, event.transferId, event.change, now);
    case "transfer-started":
      return startTransfer(phone, event, now);
    case "named":
      return nameCall(phone, event, now);
    case "record":
      return takeRecord(phone, event, now);
    case "kept":
      return takeKept(phone, event.calls);
    case "warned":
      return warn(phone, event.callId, event.warning);
    case "audio":
      return { phone: { ...phone, audio: { ...phone.audio, ...event.audio } }, effects: [] };
    case "line":
      return { phone: { ...phone, line: event.line }, effects: [] };
    case "due":
      return event.what === "forget" ? forget(phone, event.callId) : endWrapUp(phone, event.callId, now);
    default:
      return assertNever(event);
  }
}

function signOut(phone: Phone): Step {
  const leaving = phone.calls.filter(({ leg }) => leg !== "gone");
  const effects: PhoneEffect[] = leaving.map(({ callId, leg }) => ({
    do: leg === "offered" ? "reject" : "disconnect",
    callId,
  }));
  const asks = [
    ...phone.permits.filter(isWanted).map(({ askId }) => askId),
    ...phone.calls.flatMap(({ pending }) => pending?.askId ?? []),
  ];
  const replies = asks.map((askId) => replyTo(askId, { code: "no-phone", message: "You have signed out." }));
  return { phone: { ...newPhone(), audio: phone.audio }, effects: [...effects, ...replies] };
}

type RecordEvent = Extract<PhoneEvent, { type: "record" }>;

/** What server and colleagues know of a call; it may be one that this window knew nothing of. */
function takeRecord(phone: Phone, told: RecordEvent, now: Now): Step {
  const { callId, call: record } = told;
  const known = findCall(phone, callId);
  if (!known) return takeUnknown(phone, told, now);
  if (isSupposedOver(record) && (known.leg !== "gone" || isGivenAway(record, phone.me)))
    return denySupposed(phone, known, record, now);
  // It went by this desk to a colleague: what becomes of it is theirs.
  if (known.leg === "gone" && !isOver(stateOf(known)) && isOthers(phone, record))
    return { phone, effects: [] };
  const picked = isPickedUp(known, record)
    ? say(known, now, { type: "answered", agentId: phone.me }).call
    : known;
  const isLeft = known.leg === "gone" && isOver(stateOf(known));
  const call: OwnCall = {
    ...picked,
    leadId: known.passedTo === null ? (known.leadId ?? record.leadId) : known.leadId,
    record,
    // Once we have left, how that came about is newer than anything that does not know of the end.
    recordAfter: isLeft && !isOver(record) ? known.recordAfter : picked.events.length,
    isConfirmed: known.isConfirmed || isToldAsOurs(phone, told),
    // Whom it was to be given to has it now.
    monitoring: isGuest(known) && record.agentId === phone.me ? null : known.monitoring,
  };
  if (isGivenToUs(phone, known, record)) return claim(phone, call, record, now);
  const taken = withCall(phone, call);
  const whyGone = whyNoOffer(phone, known, record);
  if (whyGone) {
    const dropped = dropOffer(taken, call, whyGone);
    return { ...dropped, effects: [{ do: "reject", callId }, ...dropped.effects] };
  }
  // The carrier knows more than this device, whose end of it may never be told.
  if (isOver(record) && call.leg !== "gone" && call.leg !== "offered") {
    const left: OwnCall = { ...call, leg: "gone", pending: null };
    const isGone = isGivenAway(record, phone.me);
    const isAsked = leavesBy(known) && (isGone || isLeftBehind(record));
    const effects: PhoneEffect[] = [...replyToPending(call, isAsked), { do: "disconnect", callId }];
    if (isGone || left.monitoring !== null) return { phone: withoutCall(taken, callId), effects };
    return settle(withCall(taken, left), left, now, effects);
  }
  // The tenant, or another window, gave it more time or less.
  if (untilOf(call) !== untilOf(known)) return settle(taken, call, now, []);
  return { phone: taken, effects: [] };
}

/**
 * At a company's own exchange only this desk knows whether somebody still rings or talks here: a colleague may have
 * declined them, or nobody have heard yet that they were given to this desk.
 */
function isSupposedOver(record: CallState): boolean {
  return isOfOwnExchange(record) && isOver(record);
}

/** The other side of a dial has picked up: what this desk does next, it does to a call that is live. */
function isPickedUp(call: OwnCall, record: CallState): boolean {
  return (
    call.leg === "open" && call.monitoring === null && isConnected(record) && !isConnected(stateOf(call))
  );
}

function isOthers({ me }: Phone, { agentId }: CallState): boolean {
  return agentId !== null && agentId !== me;
}

function untilOf(call: OwnCall): string | null {
  const { phase } = stateOf(call);
  return phase.phase === "wrap-up" ? phase.until : null;
}

/** It goes on without us: on a machine that is left a message, or with a number that it was given to. */
function isLeftBehind({ phase }: CallState): boolean {
  return "why" in phase && (phase.why === "voicemail" || phase.why === "transferred");
}

/**
 * Why a call that rings here need not ring any longer. Whom a supervisor listens to has it, and is no reason; at a
 * company's own exchange it may be given to us by whoever has it, and whom it rings for no longer the exchange tells.
 */
function whyNoOffer(phone: Phone, call: OwnCall, record: CallState): string | null {
  if (call.leg !== "offered" || (call.monitoring !== null && !isGuest(call))) return null;
  const isTaken = isConnected(record) && isOthers(phone, record) && !isOfOwnExchange(record);
  if (isTaken && !isGuest(call)) return "Answered elsewhere.";
  return isOver(record) ? "The caller hung up." : null;
}

/** It may have been ours without anybody knowing it here. */
function takeUnknown(phone: Phone, told: RecordEvent, now: Now): Step {
  const left = phone.left.find(({ callId }) => callId === told.callId);
  if (!left) return adopt(phone, newCall(told.callId), told.call, now);
  if (told.isOwnWord) return adopt(phone, left, told.call, now);
  const step = takeLeft(phone, left, told, now);
  const isLeft = step.phone.left.some(({ callId }) => callId === told.callId);
  return isLeft || findCall(step.phone, told.callId)
    ? step
    : adopt(step.phone, newCall(told.callId), told.call, now);
}

/** After this window was loaded again: a call of this person's that is still to be wrapped up. */
function adopt(phone: Phone, known: OwnCall, record: CallState, now: Now): Step {
  if (record.phase.phase !== "wrap-up" || record.agentId !== phone.me) return { phone, effects: [] };
  const { callId } = known;
  const call: OwnCall = { ...known, record, leadId: known.leadId ?? record.leadId };
  const adopted = { ...withoutLeft(phone, callId), calls: [...phone.calls, call] };
  return settle(adopted, call, now, [{ do: "follow-record", callId }]);
}

function warn(phone: Phone, callId: string, warning: string | null): Step {
  const call = findCall(phone, callId);
  if (!call || call.leg === "gone") return { phone, effects: [] };
  return { phone: withCall(phone, { ...call, warning }), effects: [] };
}

function forget(phone: Phone, callId: string): Step {
  const call = findCall(phone, callId);
  const isDone = call?.leg === "gone" && stateOf(call).phase.phase !== "wrap-up";
  return { phone: isDone ? letGo(phone, call) : phone, effects: [] };
}

/** The time may have been extended since the timer was set. */
function endWrapUp(phone: Phone, callId: string, now: Now): Step {
  const call = findCall(phone, callId);
  if (!call) return { phone, effects: [] };
  const { phase } = stateOf(call);
  if (phase.phase !== "wrap-up") return { phone: letGo(phone, call), effects: [] };
  if (phase.until > now.at) return settle(phone, call, now, []);
  const said = say(call, now, { type: "wrapped-up", by: "timer" });
  return {
    phone: letGo(phone, said.call),
    effects: [{ do: "report", callId: call.callId, events: [said.event] }],
  };
}

/** It rings while a call is offered and this person is in no other: then a knock in the ear would do harm. */
function withRing(before: Phone, step: Step): Step {
  const on = rings(step.phone);
  return on === rings(before) ? step : { ...step, effects: [...step.effects, { do: "ring", on }] };
}

function rings({ calls }: Phone): boolean {
  const offered = calls.some(
    (call) => call.leg === "offered" && (call.monitoring === null || isGuest(call)) && !call.pending,
  );
  return offered && !calls.some(({ leg }) => leg === "open" || leg === "opening");
}
