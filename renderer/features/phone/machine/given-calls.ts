import { mostAside, type AsideCall } from "../../../../shared/calls/aside-call.ts";
import { isConnected, isOfOwnExchange, isOver, type CallState } from "../../../../shared/calls/call.ts";
import type { CallEvent } from "../../../../shared/calls/call-event.ts";
import { turnName } from "../../../../shared/calls/turn-name.ts";
import { settle } from "./leave-call.ts";
import {
  withCall,
  withoutLeft,
  type Now,
  type OwnCall,
  type Phone,
  type PhoneEffect,
  type PhoneEvent,
  type Step,
} from "./model.ts";
import { hasSaid, isColleagues, isGivenAway, isUnconfirmed, newCall, say, stateOf } from "./own-call.ts";

// A colleague's call that a company's own exchange has this desk rung for under its own name: when it is ours, and what
// is said of it then (docs/decisions/0037).

/** A colleague has given us the call that we are in, or were: of this nobody else can tell. */
export function isGivenToUs({ me }: Phone, call: OwnCall, now: CallState): boolean {
  const isOurs = isOfOwnExchange(now) && isConnected(now) && now.agentId === me && call.monitoring === null;
  return isOurs && now.formerAgentIds.length > (call.record?.formerAgentIds.length ?? 0) && wasTalkedIn(call);
}

function wasTalkedIn(call: OwnCall): boolean {
  const wasLeft = call.leg === "gone" && hasSaid(call, "ended", "transfer-completed");
  return call.leg === "open" || (wasLeft && hasSaid(call, "answered"));
}

/** What is ours to tell once the call is. The server may have refused it before; what it has it knows by its key. */
const toldAgain: ReadonlySet<CallEvent["type"]> = new Set([
  ...(["held", "resumed", "ended", "wrap-up-extended", "wrapped-up"] as const),
  ...(["transfer-started", "transfer-answered", "transfer-completed", "transfer-cancelled"] as const),
]);

/**
 * Said each time that a call becomes ours: the server tells by it that the exchange goes on with this very call.
 * @param turn as the server has it
 */
export function claim(phone: Phone, call: OwnCall, turn: CallState, now: Now): Step {
  const { callId } = call;
  const { call: claimed, event } = say(call, now, { type: "answered", agentId: phone.me }, turnName(turn));
  return {
    phone: withCall(phone, claimed),
    effects: [{ do: "report", callId, events: [event, ...ownPartOf(call)] }],
  };
}

function ownPartOf({ events }: OwnCall): CallEvent[] {
  return events.filter(({ type }) => toldAgain.has(type));
}

/**
 * The server supposes that a call went by this desk. Where nobody had heard here that it was given to us, it is ours all
 * the same if we are in it, and nothing that was heard of it before says otherwise any more.
 */
export function denySupposed(phone: Phone, known: OwnCall, supposed: CallState, now: Now): Step {
  const isAround = known.leg !== "gone" && isColleagues(known, phone.me);
  const isNews = isGivenAway(supposed, phone.me) && (isAround || isUnconfirmed(known));
  if (!isNews) return { phone, effects: [] };
  const ours: OwnCall = { ...known, record: null, isConfirmed: true };
  return wasTalkedIn(known)
    ? claim(phone, ours, supposed, now)
    : { phone: withCall(phone, ours), effects: [] };
}

/** Whether a call that was left as a colleague's had been given to us, as it turns out. */
function wasOurs(phone: Phone, left: OwnCall, record: CallState): boolean {
  const timesIn = ({ formerAgentIds }: CallState) => formerAgentIds.filter((id) => id === phone.me).length;
  const wasSinceOurs = timesIn(record) > (left.record === null ? 0 : timesIn(left.record));
  return (
    isGivenToUs(phone, left, record) || (isOver(record) && isGivenAway(record, phone.me) && wasSinceOurs)
  );
}

type Told = Extract<PhoneEvent, { type: "record" }>;

/** Whether the server says by itself that a call is this person's, or was. */
export function isToldAsOurs({ me }: Phone, { call: { agentId, formerAgentIds }, isOwnWord }: Told): boolean {
  return isOwnWord !== true && [agentId, ...formerAgentIds].some((id) => id !== null && id === me);
}

/**
 * What the server says by itself of a call that was left. It was ours to tell of where somebody has given it to us, and is
 * ours to write down where it ended with us. Of what a carrier connects, that alone tells both.
 */
export function takeLeft(phone: Phone, left: OwnCall, told: Told, now: Now): Step {
  const { call: record } = told;
  const rest = withoutLeft(phone, left.callId);
  if (!isOfOwnExchange(record))
    return { phone: isOver(record) || isGivenAway(record, phone.me) ? rest : phone, effects: [] };
  const call: OwnCall = {
    ...left,
    leadId: left.leadId ?? record.leadId,
    record: isOver(record) ? null : record,
    recordAfter: left.events.length,
    isConfirmed: true,
  };
  const back: Phone = { ...rest, calls: [call, ...rest.calls] };
  if (wasOurs(phone, left, record)) {
    const step = claim(back, call, record, now);
    return settle(step.phone, call, now, step.effects);
  }
  if (isOver(record)) return { phone: rest, effects: [] };
  const isUp = isConnected(record) || record.direction === "outbound";
  if (!isUp || !isToldAsOurs(phone, told)) return { phone, effects: [] };
  // Nobody gave it to us: it has been ours all the time, and somebody may not have been told that we have left it.
  if (record.agentId === phone.me) return settle(back, call, now, reportOf(call));
  return { phone: left.record === null ? rest : phone, effects: [] };
}

function reportOf(call: OwnCall): PhoneEffect[] {
  return [{ do: "report", callId: call.callId, events: ownPartOf(call) }];
}

/** A window before this one has left them, or was closed while it was in them. */
export function takeKept(phone: Phone, kept: readonly AsideCall[]): Step {
  const known = new Set([...phone.calls, ...phone.left].map(({ callId }) => callId));
  const left = kept.filter(({ callId }) => !known.has(callId)).map(leftBy);
  return {
    phone: { ...phone, left: [...phone.left, ...left] },
    effects: left.map(({ callId }) => ({ do: "follow-record", callId })),
  };
}

function leftBy({ inUntil, ...aside }: AsideCall): OwnCall {
  const call: OwnCall = { ...newCall(aside.callId), ...aside };
  if (hasSaid(call, "ended", "transfer-completed")) return call;
  return say(call, { at: inUntil, newId: () => "closed" }, { type: "ended", why: "dropped" }).call;
}

/**
 * What the next window is to find, should this one be closed before anybody has said whose they are, or in the middle of
 * one: an exchange tells nobody that we have gone.
 */
export function asideOf({ me, calls, left }: Phone, at: string): AsideCall[] {
  const going = calls.filter(
    (call) => isUnconfirmed(call) || isIn(call) || (isColleagues(call, me) && hasSaid(call, "answered")),
  );
  const asides = [
    ...going.map((call) => asideAs(call, hasSaid(call, "ended") ? lastSaidAt(call) : at)),
    ...left.map((call) => asideAs(call, lastSaidAt(call))),
  ];
  return asides.slice(0, mostAside);
}

/** A call of our own at a company's own exchange, which ends with this window. */
function isIn(call: OwnCall): boolean {
  const isThere = call.leg === "open" || call.leg === "opening";
  return isThere && call.monitoring === null && isOfOwnExchange(stateOf(call));
}

function asideAs(call: OwnCall, inUntil: string): AsideCall {
  const { callId, events, record, name, company, leadId, passedTo } = call;
  return { callId, events: [...events], record, name, company, leadId, passedTo, inUntil };
}

function lastSaidAt({ events }: OwnCall): string {
  return events.at(-1)?.at ?? "1970-01-01T00:00:00.000Z";
}
