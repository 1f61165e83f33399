import { z } from "zod";
import { Instant, instantOrNull, line, phone, recordRef, userRef } from "../entities/fields.ts";
import { RecordId, UserId } from "../entities/id.ts";
import { CallTarget, Consent, EndReason, PartyRole, WhyNotHere } from "./call-event.ts";

export const Transfer = z.strictObject({
  transferId: z.string(),
  mode: z.enum(["blind", "warm"]),
  target: CallTarget,
  /** The target has picked up and talks to the agent. */
  answered: z.boolean(),
  /** Whoever the agent talks to at this moment waits. */
  held: z.boolean(),
});
export type Transfer = z.infer<typeof Transfer>;

export const Party = z.strictObject({
  partyId: z.string(),
  target: CallTarget,
  role: PartyRole,
  joinedAt: Instant,
  /** Their own call, which was merged into this one. */
  fromCall: RecordId.optional(),
});
export type Party = z.infer<typeof Party>;

const since = { since: Instant };

/** Somebody who is being called into a call. `why`: they did not come, which is told until something else becomes of it. */
export const AskedParty = z.strictObject({
  partyId: z.string(),
  target: CallTarget,
  ...since,
  why: WhyNotHere.optional(),
});
export type AskedParty = z.infer<typeof AskedParty>;

/** Whom a call came back from, until something else becomes of it: a transfer came to nothing. */
export const CameBack = z.strictObject({ target: CallTarget, why: WhyNotHere });
export type CameBack = z.infer<typeof CameBack>;

const talking = { ...since, back: CameBack.optional() };

/**
 * Where a call is in its life. `new`: something happened in it, but nobody has said yet where it came from.
 * `wrap-up`: the line is closed and its agent writes things down. From `wrap-up` there is one way, from `ended` none.
 */
export const CallPhase = z.discriminatedUnion("phase", [
  z.strictObject({ phase: z.literal("new"), ...since }),
  z.strictObject({ phase: z.literal("queued"), ...since, queue: z.string() }),
  z.strictObject({ phase: z.literal("dialling"), ...since }),
  /** `agentIds`: whose desks ring; empty while the called person's telephone does. */
  z.strictObject({ phase: z.literal("ringing"), ...since, agentIds: z.array(UserId) }),
  z.strictObject({ phase: z.literal("live"), ...talking }),
  z.strictObject({ phase: z.literal("held"), ...since }),
  z.strictObject({ phase: z.literal("transferring"), ...since, transfer: Transfer }),
  /** More than two can be heard. */
  z.strictObject({ phase: z.literal("conference"), ...talking }),
  z.strictObject({ phase: z.literal("wrap-up"), ...since, why: EndReason, until: Instant }),
  z.strictObject({ phase: z.literal("ended"), ...since, why: EndReason }),
]);
export type CallPhase = z.infer<typeof CallPhase>;
export type PhaseName = CallPhase["phase"];

/**
 * A time in which one of us and the customer hear each other. Between two of them the call was on hold, somebody asked a
 * colleague, or it waited for the next of us. `to` null = they still do.
 */
export const Talk = z.strictObject({ agentId: userRef, from: Instant, to: instantOrNull });
export type Talk = z.infer<typeof Talk>;

/**
 * A time in a queue: since they called, or were given to it. `to` null = they wait. `answered`: it ended with one of us. One
 * that overflows into another queue is in that one.
 */
export const QueueWait = z.strictObject({
  queue: z.string().max(60),
  from: Instant,
  to: instantOrNull,
  answered: z.boolean(),
});
export type QueueWait = z.infer<typeof QueueWait>;

/** A call as its events tell it: what is true in every phase, and the phase. */
export const CallState = z.strictObject({
  direction: z.enum(["inbound", "outbound"]),
  from: phone,
  to: phone,
  provider: z.string(),
  agentId: userRef,
  leadId: recordRef,
  /** The queue it came through last; empty = none. */
  queue: z.string(),
  startedAt: Instant,
  answeredAt: instantOrNull,
  endedAt: instantOrNull,
  /** What picked up is a machine, as far as the carrier can tell. */
  machine: z.boolean().default(false),
  /** Everybody besides agent and customer who takes part at this moment. */
  parties: z.array(Party),
  /** Who was asked to take part and does not yet. Absent: nobody ever was. */
  asked: z.array(AskedParty).optional(),
  /** Agents who had the call before `agentId`. */
  formerAgentIds: z.array(UserId),
  holdMs: z.int().min(0),
  /** In order, one after the other. Of calls from before they were kept there are none. */
  talks: z.array(Talk).default([]),
  /** In order, one after the other. Absent: it waited in no queue, or is from before they were kept. */
  waits: z.array(QueueWait).optional(),
  recording: z.enum(["on", "paused", "off"]),
  /** Our key of the finished recording; empty = none. */
  recordingKey: line,
  consent: z.enum(["none", ...Consent.options]),
  /** The call in which its other side goes on: whoever has that writes this one down after it. */
  mergedInto: RecordId.optional(),
  phase: CallPhase,
});
export type CallState = z.infer<typeof CallState>;

/** The telephone that is not ours. */
export function otherNumber({ direction, from, to }: Pick<CallState, "direction" | "from" | "to">): string {
  return direction === "inbound" ? from : to;
}

/** A call of a company's own exchange runs between it and a desk: the server steers none, and nobody else joins it. */
export function isOfOwnExchange({ provider }: Pick<CallState, "provider">): boolean {
  return provider === "sip";
}

/** Their telephone rings, or is about to. */
export function isBeingCalled({ why }: Pick<AskedParty, "why">): boolean {
  return why === undefined;
}

/** Phases in which no line is open any more. */
export function isOver({ phase }: Pick<CallState, "phase">): boolean {
  return phase.phase === "wrap-up" || phase.phase === "ended";
}

/** Phases in which customer and agent are, or could at once be, connected. */
export function isConnected({ phase }: Pick<CallState, "phase">): boolean {
  return ["live", "held", "transferring", "conference"].includes(phase.phase);
}
