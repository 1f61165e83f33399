import { assertNever } from "../result/result.ts";
import type { AskedParty, CallPhase, CallState, Party } from "./call.ts";
import { isBeingCalled, isConnected, isOfOwnExchange, isOver } from "./call.ts";
import type { CallEvent, CallEventOf, CallTarget, EndReason } from "./call-event.ts";
import type { RecordId } from "../entities/id.ts";

/** What a tenant has decided about calls. */
export type CallRules = {
  /** How long an agent may write things down after a call. */
  wrapUpMs: number;
};

/**
 * What one more event makes of a call. Events come in the order of `inOrder`; what makes no sense in the phase in
 * which it arrives changes nothing, so that no line of a carrier's bad day can throw. Pure.
 *
 * Invariants: a call that is over stays over; `answeredAt` and `endedAt` are set once; nothing is ever left on hold
 * by a transfer that came to nothing; `talks` follow each other, and the last one is open as long as they talk.
 */
export function nextCall(before: CallState | null, event: CallEvent, rules: CallRules): CallState {
  const call = step(before ?? unknownCall(event.at), event, rules);
  return keepTalks(keepWaits(call, event.at), event.at);
}

function step(call: CallState, event: CallEvent, rules: CallRules): CallState {
  switch (event.type) {
    case "offered":
      return { ...call, ...endsOf(call, event), direction: "inbound", leadId: event.leadId ?? call.leadId };
    case "requested":
      return request(call, event);
    case "queued":
      return isWaiting(call) ? move(call, event, { phase: "queued", queue: event.queue }) : call;
    case "routed":
      return route(call, event);
    case "passed":
      return pass(call, event);
    case "dialled":
      return call.phase.phase === "new" ? move(call, event, { phase: "dialling" }) : call;
    case "ringing":
      return ["new", "dialling"].includes(call.phase.phase)
        ? move(call, event, { phase: "ringing", agentIds: [] })
        : call;
    case "answered":
      return answer(call, event);
    case "machine-detected":
      return { ...call, machine: true };
    case "held":
      return hold(call, event, true);
    case "resumed":
      return hold(call, event, false);
    case "transfer-started":
      return startTransfer(call, event);
    case "transfer-answered":
      return withTransfer(call, event, (transfer) => ({
        ...call,
        phase: { ...call.phase, transfer: { ...transfer, answered: true } } as CallPhase,
      }));
    case "transfer-completed":
      return withTransfer(call, event, () => completeTransfer(call, event, rules));
    case "transfer-cancelled":
      return withTransfer(call, event, ({ target }) => comeBack(call, event, target));
    case "party-asked":
      return askIn(call, event);
    case "party-passed":
      return passBy(call, event);
    case "party-joined":
      return join(call, event);
    case "party-left":
      return leave(call, event);
    case "recording":
      return isOver(call) ? call : { ...call, recording: event.state };
    case "recording-ready":
      return { ...call, recordingKey: event.recording };
    case "consent":
      return saysLess(call, event) ? call : { ...call, consent: event.how };
    case "ended":
      return hearEnd(call, event, rules);
    case "wrap-up-extended":
      return setWrapUp(call, event, rules);
    case "wrapped-up":
      return call.phase.phase === "wrap-up"
        ? { ...call, phase: { phase: "ended", since: event.at, why: call.phase.why } }
        : call;
    default:
      return assertNever(event);
  }
}

/**
 * Who is asked in and hears of the recording says nothing of the customer; who must agree first keeps it from everybody,
 * also from a customer who hears of it only after that.
 */
function saysLess({ consent }: CallState, { how, number }: CallEventOf<"consent">): boolean {
  return how === "announced" && (number !== undefined || (consent !== "none" && consent !== "announced"));
}

/** Its beginning has not been heard of yet: an event of its middle came first. */
export function unknownCall(at: string): CallState {
  return {
    direction: "inbound",
    from: "",
    to: "",
    provider: "",
    agentId: null,
    leadId: null,
    queue: "",
    startedAt: at,
    answeredAt: null,
    endedAt: null,
    machine: false,
    parties: [],
    formerAgentIds: [],
    holdMs: 0,
    talks: [],
    recording: "off",
    recordingKey: "",
    consent: "none",
    phase: { phase: "new", since: at },
  };
}

type Ends = Pick<CallState, "from" | "to" | "provider" | "startedAt">;
/** A company's own exchange puts somebody else through: a desk says anew who is there, in a call that began when it did. */
function endsOf(call: CallState, { from, to, provider, at }: CallEventOf<"offered" | "requested">): Ends {
  const isSaidAnew = isOfOwnExchange(call) && isOfOwnExchange({ provider });
  return { from, to, provider, startedAt: isSaidAnew ? call.startedAt : at };
}

function request(call: CallState, event: CallEventOf<"requested">): CallState {
  const known = {
    ...call,
    ...endsOf(call, event),
    direction: "outbound" as const,
    agentId: event.agentId,
    // A desk that dialled a bare number does not know whose it is; the server may have found out.
    leadId: event.leadId ?? (event.to === call.to ? call.leadId : null),
  };
  return call.phase.phase === "new" ? move(known, event, { phase: "dialling" }) : known;
}

function isWaiting({ phase }: CallState): boolean {
  return phase.phase === "new" || phase.phase === "queued" || phase.phase === "ringing";
}

function route(call: CallState, event: CallEventOf<"routed">): CallState {
  if (!isWaiting(call)) return call;
  const ringing = ringingAt(call).filter((id) => id !== event.agentId);
  return move(call, event, { phase: "ringing", agentIds: [...ringing, event.agentId] });
}

function pass(call: CallState, event: CallEventOf<"passed">): CallState {
  if (call.phase.phase !== "ringing" || !call.phase.agentIds.includes(event.agentId)) return call;
  const agentIds = call.phase.agentIds.filter((id) => id !== event.agentId);
  if (agentIds.length > 0) return { ...call, phase: { ...call.phase, agentIds } };
  return move(call, event, { phase: "queued", queue: call.queue });
}

function ringingAt({ phase }: CallState): readonly CallEventOf<"routed">["agentId"][] {
  return phase.phase === "ringing" ? phase.agentIds : [];
}

function answer(call: CallState, event: CallEventOf<"answered">): CallState {
  // The second of two who picked up at once: the first has it.
  if (isConnected(call) || isOver(call)) return call;
  const agentId = event.agentId ?? call.agentId;
  return talk({ ...call, agentId, answeredAt: call.answeredAt ?? event.at }, event);
}

function hold(call: CallState, event: CallEvent, held: boolean): CallState {
  const { phase } = call;
  if (phase.phase === "transferring") {
    return { ...call, phase: { ...phase, transfer: { ...phase.transfer, held } } };
  }
  if (held) {
    const canHold = phase.phase === "live" || phase.phase === "conference";
    return canHold ? move(call, event, { phase: "held" }) : call;
  }
  return phase.phase === "held" ? talk(call, event) : call;
}

function startTransfer(call: CallState, event: CallEventOf<"transfer-started">): CallState {
  if (!isConnected(call) || call.phase.phase === "transferring") return call;
  const { transferId, mode, target } = event;
  const transfer = { transferId, mode, target, answered: false, held: false };
  return move(call, event, { phase: "transferring", transfer });
}

function withTransfer(
  call: CallState,
  { transferId }: { transferId: string },
  then: (transfer: Extract<CallPhase, { phase: "transferring" }>["transfer"]) => CallState,
): CallState {
  const { phase } = call;
  const isThis = phase.phase === "transferring" && phase.transfer.transferId === transferId;
  return isThis ? then(phase.transfer) : call;
}

function completeTransfer(call: CallState, event: CallEvent, rules: CallRules): CallState {
  if (call.phase.phase !== "transferring") return call;
  const { target } = call.phase.transfer;
  if (target.kind === "number") return end(call, event, "transferred", rules);
  const formerAgentIds = [...call.formerAgentIds, ...(call.agentId ? [call.agentId] : [])];
  if (target.kind === "agent") return talk({ ...call, formerAgentIds, agentId: target.userId }, event);
  return move({ ...call, formerAgentIds, agentId: null }, event, { phase: "queued", queue: target.queue });
}

/** Nobody need be told why of a transfer that they called off themselves. */
function comeBack(call: CallState, event: CallEventOf<"transfer-cancelled">, target: CallTarget): CallState {
  const again = talk(call, event);
  const { phase } = again;
  if (event.why === "agent" || (phase.phase !== "live" && phase.phase !== "conference")) return again;
  return { ...again, phase: { ...phase, back: { target, why: event.why } } };
}

function askIn(call: CallState, { partyId, target, at }: CallEventOf<"party-asked">): CallState {
  if (isOver(call)) return call;
  const others = call.asked?.filter(isBeingCalled) ?? [];
  return { ...call, asked: [...others, { partyId, target, since: at }] };
}

function passBy(call: CallState, { partyId, why }: CallEventOf<"party-passed">): CallState {
  if (!call.asked) return call;
  return { ...call, asked: call.asked.map((one) => (one.partyId === partyId ? { ...one, why } : one)) };
}

function keepAsked(call: CallState, which: (one: AskedParty) => boolean): CallState {
  return call.asked ? { ...call, asked: call.asked.filter(which) } : call;
}

function join(before: CallState, event: CallEventOf<"party-joined">): CallState {
  if (isOver(before)) return before;
  const { partyId, target, role, fromCall } = event;
  const call = keepAsked(before, (one) => one.partyId !== partyId && isBeingCalled(one));
  const others = call.parties.filter((party) => party.partyId !== partyId);
  const party = { partyId, target, role, joinedAt: event.at, ...(fromCall && { fromCall }) };
  const joined = { ...call, parties: [...others, party] };
  return isTalking(call) ? talk(joined, event) : joined;
}

function leave(before: CallState, event: CallEventOf<"party-left">): CallState {
  const call = keepAsked(before, ({ partyId }) => partyId !== event.partyId);
  const parties = call.parties.filter(({ partyId }) => partyId !== event.partyId);
  if (parties.length === call.parties.length) return call;
  return isTalking(call) ? talk({ ...call, parties }, event) : { ...call, parties };
}

function isTalking({ phase }: CallState): boolean {
  return phase.phase === "live" || phase.phase === "conference";
}

/** Connected and heard: a conference where others can be heard as well. */
function talk(call: CallState, event: CallEvent): CallState {
  const phase = call.parties.some(isHeardByAll) ? "conference" : "live";
  return call.phase.phase === phase ? call : move(call, event, { phase });
}

function isHeardByAll({ role }: Party): boolean {
  return role === "party" || role === "barge";
}

function hearEnd(call: CallState, event: CallEventOf<"ended">, rules: CallRules): CallState {
  if (isLetGo(call, event)) return call;
  if (event.mergedInto) return goOn(call, event, event.mergedInto);
  if (isUnplaced(event) && call.phase.phase !== "dialling") return call;
  const wasGiven = isOfOwnExchange(call) && call.formerAgentIds.length > 0;
  return wasGiven && isGuess(event) ? giveBack(call, event) : end(call, event, event.why, rules);
}

/** The source of what the server only supposes of calls at a company's own exchange, which desks alone see. */
export const supposedBy = "server:exchange";

type End = Pick<CallEventOf<"ended">, "source" | "why">;

/**
 * Nobody whom a call was given to at a company's own exchange says that they have it: so the server supposes that it is
 * another one there. Nor does a desk say that it has placed what it was permitted to dial: so it is supposed that it has
 * not. Whatever a desk tells outweighs that.
 */
export function isGuess(told: End): boolean {
  return isUnplaced(told) || (told.why === "transferred" && told.source.startsWith("server:"));
}

function isUnplaced({ source, why }: End): boolean {
  return why === "cancelled" && source === supposedBy;
}

/** It ended with whoever gave it away, and has been written down by them; whom they gave it to may go on reading it. */
function giveBack(call: CallState, event: CallEvent): CallState {
  if (isOver(call)) return call;
  const { agentId: receiver, formerAgentIds } = call;
  const endedAt = endOf(call, event);
  return {
    ...close(call, endedAt),
    agentId: formerAgentIds.at(-1) ?? null,
    formerAgentIds: [...formerAgentIds.slice(0, -1), ...(receiver === null ? [] : [receiver])],
    talks: call.talks.filter(({ to }) => to !== null),
    phase: { phase: "ended", since: endedAt, why: "transferred" },
  };
}

/** A caller who rings on several desks is in one call: a desk that let them go ends nothing of whoever took them. */
function isLetGo({ direction, answeredAt }: CallState, { source, why }: CallEventOf<"ended">): boolean {
  const isUnanswered = why === "abandoned" || why === "declined";
  return isUnanswered && direction === "inbound" && answeredAt !== null && source.startsWith("device:");
}

/** Its agent talks on with them, and has the time to write it down once that is over. */
function goOn(call: CallState, event: CallEventOf<"ended">, mergedInto: RecordId): CallState {
  if (isOver(call)) return call;
  const endedAt = endOf(call, event);
  const phase = { phase: "ended", since: endedAt, why: event.why } as const;
  return { ...close(call, endedAt), mergedInto, phase };
}

function end(call: CallState, event: CallEvent, told: EndReason, rules: CallRules): CallState {
  if (isOver(call)) return call;
  const why = told === "completed" && call.answeredAt === null ? neverAnswered(call) : told;
  const endedAt = endOf(call, event);
  const closed = close(call, endedAt);
  const isWorked = call.agentId !== null && (call.answeredAt !== null || call.direction === "outbound");
  if (!isWorked) return { ...closed, phase: { phase: "ended", since: endedAt, why } };
  return {
    ...closed,
    phase: { phase: "wrap-up", since: endedAt, why, until: usualUntil(endedAt, rules) },
  };
}

function endOf(call: CallState, { at }: CallEvent): string {
  return latest(at, call.startedAt, call.answeredAt ?? call.startedAt);
}

function close(call: CallState, endedAt: string): CallState {
  const alone = keepAsked(settleHold(call, endedAt), () => false);
  return { ...alone, endedAt, parties: [], recording: "off" };
}

function usualUntil(endedAt: string, { wrapUpMs }: CallRules): string {
  return new Date(Date.parse(endedAt) + wrapUpMs).toISOString();
}

/**
 * A tenant's own time stands in for the usual one and may be shorter; what an agent asked for only ever gives more,
 * whichever of the two is heard first.
 */
function setWrapUp(
  call: CallState,
  { source, until }: CallEventOf<"wrap-up-extended">,
  rules: CallRules,
): CallState {
  const { phase } = call;
  if (phase.phase !== "wrap-up") return call;
  const isTenants = source.startsWith("server:") && phase.until === usualUntil(phase.since, rules);
  return { ...call, phase: { ...phase, until: isTenants ? until : latest(phase.until, until) } };
}

function neverAnswered({ direction }: CallState): EndReason {
  return direction === "inbound" ? "abandoned" : "no-answer";
}

type PhaseWithoutSince = CallPhase extends infer P ? (P extends CallPhase ? Omit<P, "since"> : never) : never;

function move(call: CallState, { at }: CallEvent, phase: PhaseWithoutSince): CallState {
  const queue = phase.phase === "queued" ? phase.queue : call.queue;
  return { ...keepAsked(settleHold(call, at), isBeingCalled), queue, phase: { ...phase, since: at } };
}

function settleHold(call: CallState, at: string): CallState {
  if (call.phase.phase !== "held") return call;
  return { ...call, holdMs: call.holdMs + Math.max(0, Date.parse(at) - Date.parse(call.phase.since)) };
}

/** One that goes on stays as it is; who hands a call over ends theirs, and whoever takes it begins another. */
function keepTalks(call: CallState, at: string): CallState {
  const last = call.talks.at(-1);
  const open = last?.to === null ? last : null;
  const speaks = isTalking(call);
  if (speaks ? open?.agentId === call.agentId : open === null) return call;
  const ended = open
    ? [...call.talks.slice(0, -1), { ...open, to: latest(open.from, call.endedAt ?? at) }]
    : call.talks;
  const from = latest(at, ended.at(-1)?.to ?? at);
  return { ...call, talks: speaks ? [...ended, { agentId: call.agentId, from, to: null }] : ended };
}

/** A desk that rings ends no wait; whoever is sent on to another queue waits there, as long as they have. */
function keepWaits(call: CallState, at: string): CallState {
  const { waits = [], queue, talks, phase } = call;
  const last = waits.at(-1);
  const before = waits.slice(0, -1);
  if (last?.to === null) {
    if (isWaiting(call))
      return last.queue === queue ? call : { ...call, waits: [...before, { ...last, queue }] };
    const to = latest(last.from, call.endedAt ?? at);
    return { ...call, waits: [...before, { ...last, to, answered: isTalking(call) }] };
  }
  if (phase.phase !== "queued" || queue === "") return call;
  const from = waits.length + talks.length === 0 ? call.startedAt : at;
  return { ...call, waits: [...waits, { queue, from, to: null, answered: false }] };
}

function latest(...instants: string[]): string {
  return instants.reduce((a, b) => (a > b ? a : b));
}
