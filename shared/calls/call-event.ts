import { z } from "zod";
import { Instant, line, phone } from "../entities/fields.ts";
import { RecordId, UserId } from "../entities/id.ts";

/** Whom a call can be given to or widened by. */
export const CallTarget = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("agent"), userId: UserId }),
  z.strictObject({ kind: z.literal("number"), number: phone }),
  z.strictObject({ kind: z.literal("queue"), queue: z.string().max(60) }),
]);
export type CallTarget = z.infer<typeof CallTarget>;

/** How a third person takes part: `listen` hears, `whisper` is heard by the agent alone, `barge` and `party` by all. */
export const PartyRole = z.enum(["party", "listen", "whisper", "barge"]);
export type PartyRole = z.infer<typeof PartyRole>;

/** Why somebody who was asked does not come. */
export const WhyNotHere = z.enum(["busy", "no-answer", "failed", "declined"]);

/**
 * Why the line ended. `abandoned`: the caller hung up before anybody answered; `dropped`: neither side hung up;
 * `transferred`: it went on without us.
 */
export const EndReason = z.enum([
  "completed",
  "no-answer",
  "busy",
  "voicemail",
  "failed",
  "cancelled",
  "declined",
  "abandoned",
  "dropped",
  "transferred",
]);
export type EndReason = z.infer<typeof EndReason>;

export const Consent = z.enum(["announced", "needed", "given", "refused"]);

/** Who says so. Each source counts its own events: two clocks are never needed to order what one source said. */
export const EventSource = z.string().regex(/^(?:carrier|device|server):[\w:.-]{1,100}$/u);
export type EventSource = z.infer<typeof EventSource>;

const head = {
  /** Identity: one source never uses a key twice for different things. For Twilio `<CallSid>:<SequenceNumber>:…`. */
  source: EventSource,
  key: z.string().min(1).max(160),
  /** Order within the source. */
  seq: z.int().min(0),
  /** When it happened by the source's clock, put right by the server's where the source is a device. */
  at: Instant,
};
const ofAgent = { agentId: UserId };
const ofTransfer = { transferId: z.string().min(1).max(100) };
const ofParty = { partyId: z.string().min(1).max(100) };
const both = { from: phone, to: phone, provider: z.string().max(40) };

const ofItsTalk = [
  /** Somebody calls us. `leadId`: whose number it is, where that is one person. */
  z.strictObject({ ...head, type: z.literal("offered"), ...both, leadId: RecordId.nullable().default(null) }),
  /** One of us wants to call somebody. */
  z.strictObject({ ...head, type: z.literal("requested"), ...both, ...ofAgent, leadId: RecordId.nullable() }),
  z.strictObject({ ...head, type: z.literal("queued"), queue: z.string().max(60) }),
  /** This agent's desk rings. */
  z.strictObject({ ...head, type: z.literal("routed"), ...ofAgent }),
  /** This agent's desk rings no longer: declined, or not picked up in time. */
  z.strictObject({ ...head, type: z.literal("passed"), ...ofAgent, why: z.enum(["declined", "no-answer"]) }),
  z.strictObject({ ...head, type: z.literal("dialled") }),
  /** The called person's telephone rings. */
  z.strictObject({ ...head, type: z.literal("ringing") }),
  /** Two people are connected. `agentId` where it is known who of us. */
  z.strictObject({ ...head, type: z.literal("answered"), agentId: UserId.nullable() }),
  /** What picked up is a machine. */
  z.strictObject({ ...head, type: z.literal("machine-detected") }),
  z.strictObject({ ...head, type: z.literal("held") }),
  z.strictObject({ ...head, type: z.literal("resumed") }),
  z.strictObject({
    ...head,
    type: z.literal("transfer-started"),
    ...ofTransfer,
    mode: z.enum(["blind", "warm"]),
    target: CallTarget,
  }),
  /** The target of a warm transfer talks to the agent; the customer waits. */
  z.strictObject({ ...head, type: z.literal("transfer-answered"), ...ofTransfer }),
  z.strictObject({ ...head, type: z.literal("transfer-completed"), ...ofTransfer }),
  z.strictObject({
    ...head,
    type: z.literal("transfer-cancelled"),
    ...ofTransfer,
    why: z.enum(["agent", ...WhyNotHere.options]),
  }),
] as const;
/** `fromCall`: they were in a call of their own, which was merged into this one. */
const partyJoined = z.strictObject({
  ...head,
  type: z.literal("party-joined"),
  ...ofParty,
  target: CallTarget,
  role: PartyRole,
  fromCall: RecordId.optional(),
});

const ofItsMiddle = [
  z.strictObject({ ...head, type: z.literal("party-left"), ...ofParty }),
  z.strictObject({ ...head, type: z.literal("recording"), state: z.enum(["on", "paused", "off"]) }),
  /** The recording can be fetched under this key of ours. */
  z.strictObject({
    ...head,
    type: z.literal("recording-ready"),
    recording: line,
    durationMs: z.int().min(0),
  }),
] as const;
/** No line any more. `mergedInto`: its other side goes on in that call. */
const ended = z.strictObject({
  ...head,
  type: z.literal("ended"),
  why: EndReason,
  mergedInto: RecordId.optional(),
});
const ofWrapUp = [
  /** The agent asked for more time, or is through with it. */
  z.strictObject({ ...head, type: z.literal("wrap-up-extended"), until: Instant }),
  z.strictObject({ ...head, type: z.literal("wrapped-up"), by: z.enum(["agent", "timer"]) }),
] as const;

/** Somebody is being called into a call, and could not be had: the server's to tell alone. */
const ofAsked = [
  z.strictObject({
    ...head,
    type: z.literal("party-asked"),
    ...ofParty,
    target: CallTarget,
    role: PartyRole,
  }),
  z.strictObject({ ...head, type: z.literal("party-passed"), ...ofParty, why: WhyNotHere }),
] as const;

/**
 * To being recorded. `announced`: they have heard of it, and stay; `needed`: nothing is recorded before a clear yes.
 * `by`: who of us was told so; `number`: of whoever was asked into the call, otherwise the other side, or all of them.
 */
const consent = z.strictObject({
  ...head,
  type: z.literal("consent"),
  how: Consent,
  by: UserId.optional(),
  number: phone.optional(),
});
/** As protocol 2 has it: who has to agree, who noted it, and which calls were merged, is the server's to tell. */
const reportedConsent = z.strictObject({
  ...head,
  type: z.literal("consent"),
  how: Consent.exclude(["needed"]),
});
const reportedPartyJoined = partyJoined.omit({ fromCall: true });
const reportedEnded = ended.omit({ mergedInto: true });

/**
 * Something that happened to a call. Facts, never wishes: what a person asked for becomes an event when it has
 * come about.
 */
export const CallEvent = z.discriminatedUnion("type", [
  ...ofItsTalk,
  ...ofAsked,
  partyJoined,
  ...ofItsMiddle,
  consent,
  ended,
  ...ofWrapUp,
]);
export type CallEvent = z.infer<typeof CallEvent>;
export type CallEventType = CallEvent["type"];
export type CallEventOf<T extends CallEventType> = Extract<CallEvent, { type: T }>;

/** What a desk may tell. */
export const ReportedEvent: z.ZodType<CallEvent> = z.discriminatedUnion("type", [
  ...ofItsTalk,
  reportedPartyJoined,
  ...ofItsMiddle,
  reportedConsent,
  reportedEnded,
  ...ofWrapUp,
]);
