import { z } from "zod";
import { Instant, line, phone, recordRef } from "../entities/fields.ts";
import { RecordId, UserId } from "../entities/id.ts";
import { CallState } from "./call.ts";
import { CallTarget, PartyRole } from "./call-event.ts";
import { ConsentAnswer } from "./server-wire.ts";

// What the phone window and the windows that show it say to each other, through the replica.

export const AudioKind = z.enum(["microphone", "speaker", "ringer"]);
export type AudioKind = z.infer<typeof AudioKind>;
export const AudioDevice = z.object({ deviceId: z.string().max(200), label: z.string().max(200) });
export type AudioDevice = z.infer<typeof AudioDevice>;

/** The line between this desk and its carrier. */
export const LineState = z.discriminatedUnion("state", [
  /** No phone window is open, or nobody has asked for the phone. */
  z.object({ state: z.literal("off") }),
  z.object({ state: z.literal("starting") }),
  z.object({ state: z.literal("ready"), provider: z.string(), edge: z.string() }),
  z.object({ state: z.literal("reconnecting"), since: Instant }),
  /** Calls cannot come in. `message`: what happened and what the person can do, in one sentence each. */
  z.object({ state: z.literal("trouble"), code: z.string(), message: z.string() }),
]);
export type LineState = z.infer<typeof LineState>;

/** What this provider can do in this call at this moment; what is missing is shown as not possible, with the reason. */
export const CallAbility = z.enum([
  "answer",
  "decline",
  "hang-up",
  "mute",
  "hold",
  "dtmf",
  "blind-transfer",
  "warm-transfer",
  "add-party",
  /** With another call of this desk that can be, too (merge-pair.ts). */
  "merge",
  "pause-recording",
  "note-consent",
  "drop-voicemail",
]);
export type CallAbility = z.infer<typeof CallAbility>;

/** A call as this desk is in it. */
export const PhoneCall = z.object({
  callId: RecordId,
  call: CallState,
  /** The other side, as far as it is known. */
  number: phone,
  name: line,
  company: line,
  leadId: recordRef,
  muted: z.boolean(),
  /** A person has asked for this and it has not come about yet. */
  pending: CallAbility.nullable(),
  can: z.array(CallAbility),
  /** Words for the person while the line is bad, e.g. "Your microphone sends no sound". */
  warning: z.string().nullable(),
  /** Supervision: how this desk listens to a colleague's call. */
  monitoring: PartyRole.nullable(),
});
export type PhoneCall = z.infer<typeof PhoneCall>;

/** This desk is in it: one that only rings, or that left this desk and is shown for a moment more, is not. */
export function isHere({ can }: Pick<PhoneCall, "can">): boolean {
  return can.includes("hang-up");
}

export const PhoneState = z.object({
  line: LineState,
  /** Newest first; the one that is heard is the first that is not held. */
  calls: z.array(PhoneCall).max(10),
  microphone: z.enum(["unasked", "granted", "denied", "missing"]),
  devices: z.object({
    microphones: z.array(AudioDevice),
    speakers: z.array(AudioDevice),
    chosen: z.record(AudioKind, z.string().nullable()),
  }),
  headset: z.string().nullable(),
  /** Of the call that is heard; null = none. */
  network: z
    .object({ rttMs: z.number(), lossPercent: z.number(), jitterMs: z.number(), mos: z.number().nullable() })
    .nullable(),
  /** The pre-call test: how far it is, or its verdict in words. */
  test: z
    .discriminatedUnion("state", [
      z.object({ state: z.literal("running"), step: z.string() }),
      z.object({
        state: z.literal("done"),
        at: Instant,
        verdict: z.enum(["good", "fair", "bad"]),
        findings: z.array(z.string()),
      }),
    ])
    .nullable(),
});
export type PhoneState = z.infer<typeof PhoneState>;

export const phoneOff: PhoneState = {
  line: { state: "off" },
  calls: [],
  microphone: "unasked",
  devices: {
    microphones: [],
    speakers: [],
    chosen: { microphone: null, speaker: null, ringer: null },
  },
  headset: null,
  network: null,
  test: null,
};

const ofCall = { callId: RecordId };

/** What a person may ask of the phone, from whichever window, key or button. */
export const PhoneCommand = z.discriminatedUnion("do", [
  /** `callId` is made by whoever asks: asking twice places one call. */
  z.object({ do: z.literal("dial"), ...ofCall, to: phone, leadId: recordRef }),
  z.object({ do: z.literal("answer"), ...ofCall }),
  z.object({ do: z.literal("decline"), ...ofCall }),
  z.object({ do: z.literal("hang-up"), ...ofCall }),
  z.object({ do: z.literal("mute"), ...ofCall, on: z.boolean() }),
  z.object({ do: z.literal("hold"), ...ofCall, on: z.boolean() }),
  z.object({ do: z.literal("dtmf"), ...ofCall, digits: z.string().regex(/^[\d*#]{1,40}$/u) }),
  z.object({ do: z.literal("transfer"), ...ofCall, target: CallTarget, mode: z.enum(["blind", "warm"]) }),
  z.object({ do: z.literal("complete-transfer"), ...ofCall }),
  z.object({ do: z.literal("cancel-transfer"), ...ofCall }),
  z.object({ do: z.literal("add-party"), ...ofCall, target: CallTarget }),
  z.object({ do: z.literal("drop-party"), ...ofCall, partyId: z.string().max(100) }),
  /** Whoever is in the call `with` comes into this one. */
  z.object({ do: z.literal("merge"), ...ofCall, with: RecordId }),
  z.object({ do: z.literal("record"), ...ofCall, state: z.enum(["on", "paused"]) }),
  /** What they answered who were asked whether they may be recorded. */
  z.object({ do: z.literal("consent"), ...ofCall, answer: ConsentAnswer }),
  z.object({ do: z.literal("drop-voicemail"), ...ofCall, greeting: z.string().max(60) }),
  z.object({ do: z.literal("wrapped-up"), ...ofCall }),
  z.object({ do: z.literal("extend-wrap-up"), ...ofCall, byMs: z.int().min(1_000).max(600_000) }),
  /** Joins a colleague's call. */
  z.object({ do: z.literal("monitor"), ...ofCall, role: z.enum(["listen", "whisper", "barge"]) }),
  z.object({ do: z.literal("choose-device"), kind: AudioKind, deviceId: z.string().max(200) }),
  /** After the person has let this page use one: that is asked where they click, and used where the phone is. */
  z.object({ do: z.literal("look-for-headset") }),
  z.object({ do: z.literal("test") }),
  /** Asks for the microphone again, or starts the line again after trouble. */
  z.object({ do: z.literal("retry") }),
]);
export type PhoneCommand = z.infer<typeof PhoneCommand>;

/** Why the phone did not do it. `blocked`: a rule forbids the call; `no-consent`: the recording; see `message`. */
export const PhoneRefusal = z.object({
  code: z.enum([
    "no-phone",
    "no-microphone",
    "not-possible",
    "no-such-call",
    "blocked",
    "no-consent",
    "bad-number",
    "busy",
    "offline",
    "failed",
  ]),
  message: z.string(),
});
export type PhoneRefusal = z.infer<typeof PhoneRefusal>;

export const PhoneAnswer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: PhoneRefusal }),
]);
export type PhoneAnswer = z.infer<typeof PhoneAnswer>;

/** A colleague as a transfer or a wallboard shows them. */
export const AgentLine = z.object({
  userId: UserId,
  name: line,
  presence: z.string(),
  /** Key of the break reason; empty = none. */
  reason: z.string(),
  since: Instant.nullable(),
  /** The call they are in. */
  callId: RecordId.nullable(),
});
export type AgentLine = z.infer<typeof AgentLine>;
