import { z } from "zod";
import { Instant, line, phone, recordRef } from "../entities/fields.ts";
import { RecordId } from "../entities/id.ts";
import { CallTarget, PartyRole } from "./call-event.ts";

// What a desk asks the server about calls; all with `Authorization: Bearer <token>`.
export const telephonyPaths = {
  line: "/api/v1/telephony/line",
  calls: "/api/v1/telephony/calls",
  /** POST CallControl to `<calls>/<callId>/control`. */
  control: (callId: string) => `/api/v1/telephony/calls/${encodeURIComponent(callId)}/control`,
  /** POST TransferRequest to `<calls>/<callId>/transfer`. */
  transfer: (callId: string) => `/api/v1/telephony/calls/${encodeURIComponent(callId)}/transfer`,
  /** GET the two-channel recording by its key, with ranges. */
  recording: (key: string) => `/api/v1/telephony/recordings/${encodeURIComponent(key)}`,
  demoCallers: "/api/v1/telephony/demo/callers",
  demoCall: "/api/v1/telephony/demo/calls",
} as const;

/** How this desk gets at its carrier. Tokens live an hour at most and are asked for again before they end. */
export const LineAccess = z.discriminatedUnion("provider", [
  z.strictObject({
    provider: z.enum(["twilio", "simulator"]),
    token: z.string(),
    expiresAt: Instant,
    identity: z.string(),
    /** Where the voice SDK signals to when that is not Twilio itself. */
    signalling: z.url().nullable(),
    edge: z.string().nullable(),
  }),
  z.strictObject({
    provider: z.literal("sip"),
    /** `wss://…`, subprotocol `sip`. */
    server: z.url(),
    uri: z.string(),
    username: z.string(),
    password: z.string(),
    displayName: line,
    iceServers: z.array(z.strictObject({ urls: z.string(), username: z.string(), credential: z.string() })),
    expiresAt: Instant,
  }),
]);
export type LineAccess = z.infer<typeof LineAccess>;

/** `callId` is the device's: asking twice gives one call. */
export const DialRequest = z.strictObject({ callId: RecordId, to: phone, leadId: recordRef });
export type DialRequest = z.infer<typeof DialRequest>;

/** May be dialled. `announce`: what the called person must hear first, by the law where they are. */
export const DialPermit = z.strictObject({ callId: RecordId, to: phone, from: phone, announce: z.boolean() });
export type DialPermit = z.infer<typeof DialPermit>;

/** May a desk that transfers by itself (a company's own exchange) give its call to them? */
export const TransferRequest = z.strictObject({ target: CallTarget });
/** It may. `to`: as the exchange knows them. */
export const TransferPermit = z.strictObject({ to: line });
export type TransferPermit = z.infer<typeof TransferPermit>;

/** Details of the error `forbidden` that answers a dial which a rule forbids. */
export const DialBlocked = z.strictObject({
  reason: z.enum(["do-not-call", "window", "cap", "number", "business-hours", "attempts", "suspended"]),
  /** When it would be allowed; null = not by waiting. */
  until: Instant.nullable(),
});
export type DialBlocked = z.infer<typeof DialBlocked>;

/** Given, a call is recorded from then on; refused, never. */
export const ConsentAnswer = z.enum(["given", "refused"]);
export type ConsentAnswer = z.infer<typeof ConsentAnswer>;

const ofTransfer = { transferId: z.string().min(1).max(100) };

/** What only the carrier can do to a call, asked by whoever is in it (or, for `monitor` and `end`, supervises). */
export const CallControl = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("hold"), on: z.boolean() }),
  z.strictObject({
    do: z.literal("transfer"),
    ...ofTransfer,
    target: CallTarget,
    mode: z.enum(["blind", "warm"]),
  }),
  z.strictObject({ do: z.literal("complete-transfer"), ...ofTransfer }),
  z.strictObject({ do: z.literal("cancel-transfer"), ...ofTransfer }),
  z.strictObject({ do: z.literal("add-party"), partyId: z.string().min(1).max(100), target: CallTarget }),
  z.strictObject({ do: z.literal("drop-party"), partyId: z.string().min(1).max(100) }),
  /** Whoever is in that other call of theirs comes into this one, and that one is over. */
  z.strictObject({ do: z.literal("merge"), with: RecordId }),
  z.strictObject({ do: z.literal("record"), state: z.enum(["on", "paused"]) }),
  /** What they answered who were asked whether they may be recorded. */
  z.strictObject({ do: z.literal("consent"), answer: ConsentAnswer }),
  z.strictObject({ do: z.literal("drop-voicemail"), greeting: z.string().max(60) }),
  z.strictObject({ do: z.literal("monitor"), role: PartyRole.exclude(["party"]) }),
  /** Also of one's own dial that was permitted and is not placed. */
  z.strictObject({ do: z.literal("hang-up") }),
  /** A colleague's call, by whoever supervises. */
  z.strictObject({ do: z.literal("end") }),
]);
export type CallControl = z.infer<typeof CallControl>;

/** Callers of the simulator that a person can ask to be called by. */
export const DemoCaller = z.strictObject({ key: z.string(), name: line, company: line, about: line });
export const DemoCallers = z.strictObject({ callers: z.array(DemoCaller) });
export type DemoCallers = z.infer<typeof DemoCallers>;
export const DemoCallRequest = z.strictObject({
  /** Null = whoever is next. */
  caller: z.string().max(100).nullable(),
  /** Their script goes on by itself, and the transcript has the agent's part from it: whoever only watches need not speak. */
  saysMyPart: z.boolean().default(false),
});
export type DemoCallRequest = z.infer<typeof DemoCallRequest>;
