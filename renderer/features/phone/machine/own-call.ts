import {
  isBeingCalled,
  isConnected,
  isOfOwnExchange,
  isOver,
  otherNumber,
  type CallState,
} from "../../../../shared/calls/call.ts";
import type { CallEvent } from "../../../../shared/calls/call-event.ts";
import { callRules } from "../../../../shared/calls/call-record.ts";
import { foldCall } from "../../../../shared/calls/fold-call.ts";
import { nextCall, unknownCall } from "../../../../shared/calls/next-call.ts";
import { turnName } from "../../../../shared/calls/turn-name.ts";
import type { CallAbility } from "../../../../shared/calls/phone.ts";
import type { RecordId, UserId } from "../../../../shared/entities/id.ts";
import { withLeft, withoutCall, type Now, type OwnCall, type Phone } from "./model.ts";

type EventHead = "source" | "key" | "seq" | "at";
/** An event as this desk says it; who says so, when and as the how manieth is added. */
export type Said = CallEvent extends infer E ? (E extends CallEvent ? Omit<E, EventHead> : never) : never;

/** The replica puts this machine's own name in its place. */
const source = "device:this";

export function newCall(callId: RecordId): OwnCall {
  return {
    callId,
    events: [],
    record: null,
    recordAfter: 0,
    isConfirmed: false,
    leg: "gone",
    controlsItself: false,
    name: "",
    company: "",
    leadId: null,
    passedTo: null,
    muted: false,
    hungUp: false,
    missed: false,
    broken: false,
    goesOver: null,
    pending: null,
    warning: null,
    monitoring: null,
  };
}

/**
 * Notes what has happened. Keys are unique also after the phone window was loaded again in the middle of a call.
 * @param name of what may be said again, and is the same then
 */
export function say(
  call: OwnCall,
  now: Now,
  said: Said,
  name = now.newId(),
): { call: OwnCall; event: CallEvent } {
  const event = {
    ...said,
    source,
    key: `${call.callId}:${name}`,
    seq: call.events.length,
    at: now.at,
  } as CallEvent;
  return { call: { ...call, events: [...call.events, event] }, event };
}

/** This person has picked up; where they have the call from a colleague, that is said by the name of their turn. */
export function sayAnswered(call: OwnCall, now: Now, me: UserId | null): { call: OwnCall; event: CallEvent } {
  const { record } = call;
  const isGiven = record !== null && record.agentId === me && record.formerAgentIds.length > 0;
  return say(call, now, { type: "answered", agentId: me }, isGiven ? turnName(record) : undefined);
}

/**
 * The call as it is shown. What is known of it only grows: an end counts whoever tells it, a connection before
 * anything that leads to it, and otherwise the record, with what was heard here since. Of a colleague's call this
 * desk is rung for, whatever they do in it; so it is of one that they are giving away at a company's own exchange.
 */
export function stateOf({ events, record, recordAfter, leg, monitoring }: OwnCall): CallState {
  const own = foldCall(events, callRules);
  if (own === null || record === null) return own ?? record ?? unheardOf;
  if (isOver(record))
    return isWrappedUp(own) ? { ...record, phase: own.phase } : withMoreTime(record, events);
  if (leg === "offered" && (monitoring === "party" || isOfOwnExchange(own))) return own;
  if (isOver(own)) return { ...record, ...endOf(own) };
  if (isConnected(own) !== isConnected(record)) {
    return isConnected(own) ? { ...record, phase: own.phase, answeredAt: own.answeredAt } : record;
  }
  return events.slice(recordAfter).reduce((call, event) => nextCall(call, event, callRules), record);
}

function isWrappedUp({ phase }: CallState): boolean {
  return phase.phase === "ended";
}

/** Time that was asked for here counts at once: the record may have been told before anybody heard of that. */
function withMoreTime(record: CallState, events: OwnCall["events"]): CallState {
  return events
    .filter(({ type }) => type === "wrap-up-extended")
    .reduce((call, event) => nextCall(call, event, callRules), record);
}

function endOf({ phase, endedAt, parties, recording }: CallState): Partial<CallState> {
  return { phase, endedAt, parties, asked: [], recording };
}

const unheardOf = unknownCall("1970-01-01T00:00:00.000Z");

/** Asked into a colleague's call, or to take it over: it rings like any other, and its end is not theirs to tell. */
export function isGuest({ monitoring }: Pick<OwnCall, "monitoring">): boolean {
  return monitoring === "party";
}

/** Once the carrier has done what was asked of it, this desk is out of the call: a message is left, or it is given away. */
export function leavesBy(call: OwnCall): boolean {
  if (!call.pending || call.hungUp) return false;
  const { effect } = call.pending;
  if (effect.do === "control") return effect.control.do === "drop-voicemail";
  const gives = effect.do === "complete-transfer" || (effect.do === "transfer" && effect.mode === "blind");
  return gives && !isBack(call);
}

/** The record came before the carrier's answer, and knows already what became of that: a quick "no". */
export function isBack({ pending, record }: OwnCall): boolean {
  return record !== null && "back" in record.phase && record.phase.since !== pending?.record?.phase.since;
}

/** A colleague has it now, or a queue, from whom it was. */
export function isGivenAway({ agentId, formerAgentIds }: CallState, me: UserId | null): boolean {
  return agentId !== me && formerAgentIds.some((id) => id === me);
}

/** At a company's own exchange a colleague talks in it, as far as anybody has told: it may be on its way to this desk. */
export function isColleagues({ record, monitoring }: OwnCall, me: UserId | null): boolean {
  if (record === null || monitoring !== null || !isOfOwnExchange(record) || !isConnected(record))
    return false;
  return record.agentId !== null && record.agentId !== me;
}

/**
 * Picked up at a company's own exchange, where the server has not said by itself that it is this person's: it may be about
 * to refuse what they tell of it, as a colleague's.
 */
export function isUnconfirmed(call: OwnCall): boolean {
  const isFromExchange = call.events.some((event) => event.type === "offered" && isOfOwnExchange(event));
  return !call.isConfirmed && call.monitoring === null && isFromExchange && hasSaid(call, "answered");
}

/** Nobody is to see it any more. What was said of it is kept as long as the server may have refused that. */
export function letGo(phone: Phone, call: OwnCall): Phone {
  const rest = withoutCall(phone, call.callId);
  return isUnconfirmed(call) ? withLeft(rest, { ...call, record: null }) : rest;
}

/**
 * The carrier opens our way into a room at once and calls the other side from there: only its record tells when
 * they ring, pick up, or do not.
 */
export function isPutThrough(call: OwnCall): boolean {
  return !call.controlsItself && stateOf(call).direction === "outbound";
}

/** The other side's number. */
export function numberOf(call: OwnCall): string {
  return call.passedTo ?? otherNumber(stateOf(call));
}

/**
 * What nobody has been told yet of a caller: a company's own exchange tells the server nothing, and a desk speaks of
 * its callers when it is clear what became of them. Of one whom somebody talks to it has been told how they came.
 */
export function untoldOf(call: OwnCall): CallEvent[] {
  const state = stateOf(call);
  const isTold =
    !isOfOwnExchange(state) ||
    state.direction === "outbound" ||
    hasSaid(call, "answered", "ended") ||
    (call.record !== null && isConnected(call.record));
  return isTold ? [] : call.events.filter(({ type }) => type === "offered" || type === "routed");
}

export function hasSaid({ events }: OwnCall, ...types: CallEvent["type"][]): boolean {
  return events.some(({ type }) => types.includes(type));
}

/** In it, and not on hold: the person hears it, or is about to. */
export function isHeard(call: OwnCall): boolean {
  if (call.leg !== "open" && call.leg !== "opening") return false;
  return call.monitoring !== null || stateOf(call).phase.phase !== "held";
}

/** A colleague is asked, or about to be, whether they take it: they hear whatever the person says. */
export function isAsking(call: OwnCall): boolean {
  if (call.leg !== "open" || call.monitoring !== null) return false;
  const { phase } = stateOf(call);
  return phase.phase === "transferring" && phase.transfer.mode === "warm";
}

/** What can be asked of a call at this moment; everything else is refused with a reason. */
export function abilitiesOf(call: OwnCall): CallAbility[] {
  if (call.leg === "offered") return ["answer", "decline"];
  if (call.leg === "gone") return [];
  if (call.leg === "opening") return ["hang-up", "mute"];
  if (call.monitoring !== null) return call.monitoring === "listen" ? ["hang-up"] : ["hang-up", "mute"];
  const state = stateOf(call);
  const { phase, parties, asked = [], direction } = state;
  const always: CallAbility[] = ["hang-up", "mute"];
  if (!isConnected({ phase }) || call.goesOver !== null) return always;
  // The customer waits already, and a colleague who is asked would go on hearing the agent.
  if (phase.phase === "transferring") return [...always, "dtmf"];
  const byCarrier: CallAbility[] = call.controlsItself
    ? []
    : ["add-party", "merge", ...recordingAbilities(state)];
  const toMachine: CallAbility[] = direction === "outbound" ? ["drop-voicemail"] : [];
  // Whoever listens in goes when the call does: what the person can do must not tell that somebody is there.
  // Nor is whoever is on their way into it sent to strangers.
  const isShared = parties.some(({ role }) => role === "party") || asked.some(isBeingCalled);
  const alone: CallAbility[] = isShared ? [] : ["blind-transfer", "warm-transfer", ...toMachine];
  return [...always, "hold", "dtmf", ...byCarrier, ...alone];
}

/** Where the law wants a clear yes nothing is recorded before somebody has noted it, and never after a no. */
function recordingAbilities({ consent, recording }: CallState): CallAbility[] {
  if (consent === "needed") return ["note-consent"];
  return recording === "off" || consent === "refused" ? [] : ["pause-recording"];
}
