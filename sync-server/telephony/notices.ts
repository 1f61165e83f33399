import { z } from "zod";
import { Instant, instantOrNull } from "../../shared/entities/fields.ts";

/** What a leg's connection came to, in the words that carriers share. */
export const LegStatus = z.enum([
  "dialling",
  "ringing",
  "answered",
  "completed",
  "busy",
  "no-answer",
  "cancelled",
  "failed",
]);
export type LegStatus = z.infer<typeof LegStatus>;

/** A leg by the id that we gave it when we dialled it, by the carrier's own, or both. */
const leg = { legId: z.string().max(64).nullable(), sid: z.string().max(64) };

/** What a carrier reports and wants no answer to. Kept in `webhook_inbox` until it was worked on. */
export const Notice = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("leg"),
    ...leg,
    status: LegStatus,
    /** Order among what is reported of this leg. */
    seq: z.int().min(0),
    /** By the carrier's clock, which may show whole seconds. */
    at: Instant,
    /** A machine picked up. */
    machine: z.boolean(),
  }),
  /** Whether a machine picked up, told when it has said its greeting, or when nobody can tell. */
  z.strictObject({ kind: z.literal("picked-up"), ...leg, by: z.enum(["person", "machine"]), at: Instant }),
  /** In the room of the call, where it hears the others and can be held. */
  z.strictObject({ kind: z.literal("joined"), ...leg }),
  /** Not in the room any more, because it ended or was sent elsewhere. */
  z.strictObject({ kind: z.literal("left"), ...leg, seq: z.int().min(0), at: Instant }),
  z.strictObject({
    kind: z.literal("recording"),
    ...leg,
    recordingSid: z.string().max(64),
    state: z.enum(["ready", "absent"]),
    durationMs: z.int().min(0),
    at: Instant,
    /** `voicemail`: what a caller left for us. */
    purpose: z.enum(["call", "voicemail"]),
  }),
  z.strictObject({
    kind: z.literal("transcript"),
    ...leg,
    /** Of the leg that is listened to: what its person says, or what they hear. */
    track: z.enum(["said", "heard"]),
    /** The carrier's name for this transcription: it counts within one. */
    session: z.string().max(64).default(""),
    seq: z.int().min(1).max(999_999_999),
    final: z.boolean(),
    text: z.string().max(20_000),
    at: Instant,
    /** When its first word was said; null = not told. */
    startedAt: instantOrNull.default(null),
    /** Start (from `startedAt`) and length of each word in ms, alternately; empty = not told. */
    timing: z.array(z.int().min(0)).max(8_000).default([]),
  }),
  /** Nothing of this leg is written down any more. `stream`: its sound does not reach us any more. */
  z.strictObject({
    kind: z.literal("transcript-stopped"),
    ...leg,
    at: Instant,
    by: z.enum(["listener", "stream"]),
  }),
]);
export type Notice = z.infer<typeof Notice>;
export type NoticeOf<K extends Notice["kind"]> = Extract<Notice, { kind: K }>;

/** What a carrier asks when a call begins; it waits for the answer. */
export type NewCall =
  | { kind: "called"; sid: string; from: string; to: string; at: string }
  /** One of us dials. `callId` is the desk's. */
  | { kind: "dialled"; sid: string; userId: string; callId: string; at: string };
