import { isConnected, isOfOwnExchange, isOver, type CallState } from "../../../../shared/calls/call.ts";
import type { CallEvent } from "../../../../shared/calls/call-event.ts";
import { turnName } from "../../../../shared/calls/turn-name.ts";
import { settle } from "./leave-call.ts";
import { withCall, withoutLeft, type Now, type OwnCall, type Phone, type Step } from "./model.ts";
import { hasSaid, isColleagues, isGivenAway, say } from "./own-call.ts";

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
  ...(["held", "resumed", "ended", "wrap-up-extended"] as const),
  ...(["transfer-started", "transfer-answered", "transfer-completed", "transfer-cancelled"] as const),
]);

/**
 * Said each time that a call becomes ours: the server tells by it that the exchange goes on with this very call.
 * @param turn as the server has it
 */
export function claim(phone: Phone, call: OwnCall, turn: CallState, now: Now): Step {
  const { callId, events } = call;
  const { call: claimed, event } = say(call, now, { type: "answered", agentId: phone.me }, turnName(turn));
  const told = events.filter(({ type }) => toldAgain.has(type));
  return {
    phone: withCall(phone, claimed),
    effects: [{ do: "report", callId, events: [event, ...told] }],
  };
}

/**
 * The server supposes that a call went by this desk. Where nobody had heard here that it was given to us, it is ours all
 * the same if we are in it, and nothing that was heard of it before says otherwise any more.
 */
export function denySupposed(phone: Phone, known: OwnCall, supposed: CallState, now: Now): Step {
  const isNews = known.leg !== "gone" && isGivenAway(supposed, phone.me) && isColleagues(known, phone.me);
  if (!isNews) return { phone, effects: [] };
  const ours: OwnCall = { ...known, record: null };
  return known.leg === "open"
    ? claim(phone, ours, supposed, now)
    : { phone: withCall(phone, ours), effects: [] };
}

/** Whether a call that was left as a colleague's had been given to us, as it turns out. */
export function wasOurs(phone: Phone, left: OwnCall, record: CallState): boolean {
  const timesIn = ({ formerAgentIds }: CallState) => formerAgentIds.filter((id) => id === phone.me).length;
  const wasSinceOurs = timesIn(record) > (left.record === null ? 0 : timesIn(left.record));
  return (
    isGivenToUs(phone, left, record) || (isOver(record) && isGivenAway(record, phone.me) && wasSinceOurs)
  );
}

/** It was ours to tell of, and is ours to write down where it ended with us. */
export function takeBack(phone: Phone, left: OwnCall, record: CallState, now: Now): Step {
  const call: OwnCall = {
    ...left,
    leadId: left.leadId ?? record.leadId,
    record: isOver(record) ? null : record,
    recordAfter: left.events.length,
  };
  const step = claim(
    { ...withoutLeft(phone, call.callId), calls: [call, ...phone.calls] },
    call,
    record,
    now,
  );
  return settle(step.phone, call, now, step.effects);
}
