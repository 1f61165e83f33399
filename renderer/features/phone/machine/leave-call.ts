import { isConnected, isOver } from "../../../../shared/calls/call.ts";
import type { EndReason } from "../../../../shared/calls/call-event.ts";
import { callRules } from "../../../../shared/calls/call-record.ts";
import { foldCall } from "../../../../shared/calls/fold-call.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { startOf } from "./device-events.ts";
import {
  findCall,
  replyTo,
  toldForMs,
  withCall,
  withLeft,
  withoutCall,
  type Now,
  type OwnCall,
  type Phone,
  type PhoneEffect,
  type Step,
} from "./model.ts";
import {
  hasSaid,
  isColleagues,
  isGivenAway,
  isPutThrough,
  leavesBy,
  letGo,
  say,
  stateOf,
  untoldOf,
} from "./own-call.ts";

/**
 * This device is no longer in the call. Whether the call itself is over is another question: a transferred call goes on
 * without us, and of one that merely broke off here the carrier knows what became of it.
 */
export function leaveCall(
  phone: Phone,
  callId: RecordId,
  why: EndReason,
  message: string | null,
  now: Now,
): Step {
  const call = findCall(phone, callId);
  if (!call || call.leg === "gone") return { phone, effects: [] };
  const left = withoutLeg(call);
  const isAsked = why === "completed" && !call.controlsItself && leavesBy(call);
  const cut = replyToPending(call, isAsked, message ?? callEnded);
  if (call.monitoring !== null) return { phone: withoutCall(phone, callId), effects: cut };
  // They go on in the other call; should they not have come there, its record tells so.
  if (call.goesOver !== null && !isOver(stateOf(call)))
    return { phone: withoutCall(phone, callId), effects: cut };
  if (isColleagues(call, phone.me)) return leaveColleagues(phone, call, why, now, cut);
  const state = stateOf(call);
  if (isOver(state)) return settle(withCall(phone, left), left, now, cut);
  if (state.phase.phase === "transferring" && !call.controlsItself)
    return leaveToTarget(phone, left, now, cut);
  if (isAsked && call.pending?.effect.do === "transfer")
    return leaveToTarget(phone, say(left, now, startOf(call.pending.effect)).call, now, cut);
  if (wasGivenAway(call, phone.me)) return { phone: letGo(phone, left), effects: cut };
  const reason = isAsked ? "voicemail" : reasonOf(call, why);
  // Whether nobody picked up, or was busy, or talked and the record is late: of a line that closes the carrier knows.
  const isGuess = isPutThrough(call) && !isConnected(state) && !call.hungUp;
  const reported = call.controlsItself || (reason !== "dropped" && !isGuess);
  const said = say(left, now, { type: "ended", why: reason });
  const report: PhoneEffect[] = reported
    ? [{ do: "report", callId, events: [...untoldOf(call), said.event] }]
    : [];
  const told = { ...said.call, warning: message };
  return settle(withCall(phone, told), told, now, [...cut, ...report]);
}

/**
 * It may have been given to us by somebody whom no server hears at the moment, also where we had it before. Where we
 * have given it on, and its record knows so, there is nothing to wait for.
 */
function leaveColleagues(
  phone: Phone,
  call: OwnCall,
  why: EndReason,
  now: Now,
  effects: PhoneEffect[],
): Step {
  const rest = withoutCall(phone, call.callId);
  const hasGivenOn = hasSaid(call, "transfer-completed");
  const isHeardOf = call.isConfirmed && call.record !== null && isGivenAway(call.record, phone.me);
  if (call.leg !== "open" || (hasGivenOn && isHeardOf)) return { phone: rest, effects };
  const left = withoutLeg(call);
  // Its record may show for now what the server is about to refuse: that somebody has it from whoever gave it to us.
  const kept = hasGivenOn
    ? { ...left, record: null }
    : say(left, now, { type: "ended", why: reasonOf(call, why) }).call;
  return { phone: withLeft(rest, kept), effects };
}

/** What is asked of a device, or wrong with it, ends with its part of the call. */
function withoutLeg(call: OwnCall): OwnCall {
  return { ...call, leg: "gone", broken: false, pending: null, warning: null };
}

/** A recording is left by the device itself: the rest of the call is its own. What was asked for is done with this. */
export function leaveOnMachine(phone: Phone, callId: RecordId, now: Now): Step {
  const call = findCall(phone, callId);
  if (!call) return { phone, effects: [] };
  return leaveCall(withCall(phone, { ...call, pending: null }), callId, "voicemail", null, now);
}

const callEnded = "The call ended first.";

/** The end of a call answers what was still asked of it: it may be what was asked for. */
export function replyToPending({ pending }: OwnCall, isDone: boolean, whyNot = callEnded): PhoneEffect[] {
  if (!pending) return [];
  return [replyTo(pending.askId, isDone ? undefined : { code: "failed", message: whyNot })];
}

function wasGivenAway(call: OwnCall, me: Phone["me"]): boolean {
  return [foldCall(call.events, callRules), call.record, stateOf(call)].some(
    (state) => state !== null && isGivenAway(state, me),
  );
}

function reasonOf(call: OwnCall, why: EndReason): EndReason {
  const state = stateOf(call);
  if (isConnected(state)) return why === "cancelled" ? "completed" : why;
  if (call.hungUp) return "cancelled";
  return why === "completed" && state.direction === "outbound" ? "no-answer" : why;
}

/**
 * The carrier takes our line down: the customer goes on with whom they were given to, or has hung up. Of a colleague or
 * a queue its record tells which, and whether the call is ours to write down.
 */
function leaveToTarget(phone: Phone, call: OwnCall, now: Now, effects: PhoneEffect[]): Step {
  const { callId } = call;
  const { phase } = stateOf(call);
  if (phase.phase !== "transferring" || phase.transfer.target.kind !== "number")
    return { phone: withLeft(withoutCall(phone, callId), call), effects };
  const { transferId } = phase.transfer;
  const told = say(call, now, { type: "transfer-completed", transferId }).call;
  return settle(withCall(phone, told), told, now, effects);
}

/** Waits for the end of wrap-up, or lets go of a call that needs none. */
export function settle(phone: Phone, call: OwnCall, now: Now, effects: PhoneEffect[]): Step {
  const { phase } = stateOf(call);
  const { callId } = call;
  if (phase.phase !== "wrap-up") {
    const delayMs = call.warning ? toldForMs : 0;
    return { phone, effects: [...effects, { do: "after", delayMs, what: "forget", callId }] };
  }
  const delayMs = Math.max(0, Date.parse(phase.until) - Date.parse(now.at));
  return { phone, effects: [...effects, { do: "after", delayMs, what: "wrap-up", callId }] };
}
