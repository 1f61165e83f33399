import { z } from "zod";
import { Utterance } from "../coaching/utterance.ts";
import { Instant } from "../entities/fields.ts";
import { DeviceId, EditId, RecordId, UserId } from "../entities/id.ts";
import { Collection, Edit, Refusal } from "./edit.ts";

/** Raise it when a wire schema changes; protocol.test.ts fails until you do. */
export const protocolVersion = 3;
/** The oldest desk that this server still understands. */
export const oldestProtocol = 1;

/** POST PullRequest, POST PushRequest, and a WebSocket; all with `Authorization: Bearer <token>`. */
export const syncPaths = {
  pull: "/api/v1/sync/pull",
  push: "/api/v1/sync/push",
  stream: "/api/v1/sync/stream",
} as const;

export const maxPullDocs = 5_000;
export const maxPushEdits = 1_000;

/** A position in the feed: the writing transaction, then the order within it. Decimal text: both exceed 2^53. */
const Counter = z.string().regex(/^\d{1,20}$/u);
export const Checkpoint = z.strictObject({ xid: Counter, seq: Counter });
export type Checkpoint = z.infer<typeof Checkpoint>;
export const feedStart: Checkpoint = { xid: "0", seq: "0" };

export function isAfter(a: Checkpoint, b: Checkpoint): boolean {
  const byXid = BigInt(a.xid) - BigInt(b.xid);
  return byXid === 0n ? BigInt(a.seq) > BigInt(b.seq) : byXid > 0n;
}

/**
 * A record on the wire. The server has checked it against its schema when it took it, so a device checks only
 * what it needs to store it: a newer server may send fields that an older desk does not know.
 */
export type WireDoc = { id: RecordId; rev: number; [field: string]: unknown };
const wireHead = { id: RecordId, rev: z.int().min(1) };
const WireHead = z.object(wireHead);
const { $schema: _, ...wireDocShape } = z.toJSONSchema(z.looseObject(wireHead));
// Looked at in place: z.looseObject makes a copy, and a first sync has 50,000 records.
export const WireDoc = z
  .unknown()
  .refine((value) => WireHead.safeParse(value).success, "not a record with an id and a rev")
  .meta(wireDocShape) as unknown as z.ZodType<WireDoc, WireDoc>;

const protocol = z.int().min(1);

export const PullRequest = z.strictObject({
  protocol,
  device: DeviceId,
  collection: Collection,
  checkpoint: Checkpoint,
  /** What the device believes it may see, as the server last put it; empty on its first pull. Opaque to the device. */
  scope: z.string().max(20_000),
  limit: z.int().min(1).max(maxPullDocs),
});
export type PullRequest = z.infer<typeof PullRequest>;

export const PullResponse = z.strictObject({
  scope: z.string(),
  checkpoint: Checkpoint,
  docs: z.array(WireDoc),
  /** Records that were deleted, or that this person may no longer see. */
  gone: z.array(RecordId),
  /** False: ask again at once from `checkpoint`. */
  done: z.boolean(),
  /** How many records the whole collection holds for this person; only in answer to a pull from the start. */
  total: z.int().min(0).nullable(),
});
export type PullResponse = z.infer<typeof PullResponse>;

export const PushRequest = z.strictObject({
  protocol,
  device: DeviceId,
  edits: z.array(Edit).min(1).max(maxPushEdits),
  /** Edits whose outcome the device has stored: the server may forget their ids. */
  settled: z.array(EditId).max(10_000),
  /** The epoch of what the device has pulled; absent while that is nothing, and from desks of protocol 2 ([REST-5]). */
  epoch: z.string().max(64).optional(),
});
export type PushRequest = z.infer<typeof PushRequest>;

export const PushResult = z.discriminatedUnion("outcome", [
  /** `merged`: taken, but what stood there was changed by others meanwhile. `doc` null = deleted or out of sight. */
  z.strictObject({ editId: EditId, outcome: z.enum(["accepted", "merged"]), doc: WireDoc.nullable() }),
  z.strictObject({
    editId: EditId,
    outcome: z.literal("refused"),
    refusal: Refusal,
    doc: WireDoc.nullable(),
  }),
]);
export type PushResult = z.infer<typeof PushResult>;

export const PushResponse = z.strictObject({
  results: z.array(PushResult),
  /** Who reads the `doc`s, and the transaction of the feed in which they were read ([PUSH-9]). */
  scope: z.string(),
  xid: Counter,
});
export type PushResponse = z.infer<typeof PushResponse>;

export const Presence = z.enum(["available", "busy", "break", "wrap-up", "offline"]);
export type Presence = z.infer<typeof Presence>;
/** Key of a break reason (shared/entities/setting.ts); empty = none was given. */
export const PresenceReason = z
  .string()
  .regex(/^(?:[a-z][a-z0-9-]{0,58})?$/u)
  .default("");
export const PresenceEntry = z.strictObject({
  userId: UserId,
  presence: Presence,
  reason: PresenceReason,
  since: Instant,
});
export type PresenceEntry = z.infer<typeof PresenceEntry>;

/** Device to server, on the stream. */
export const StreamUp = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("hello"),
    protocol,
    device: DeviceId,
    scope: z.string(),
    presence: Presence,
    reason: PresenceReason,
  }),
  z.strictObject({ type: z.literal("presence"), presence: Presence, reason: PresenceReason }),
  z.strictObject({ type: z.literal("ping") }),
]);
export type StreamUp = z.infer<typeof StreamUp>;

/** Why a desk must leave: `revoked` keeps what it has until the person signs in again, `wiped` removes it. */
export const EndReason = z.enum(["revoked", "wiped", "update-required", "server-stopping"]);
export type EndReason = z.infer<typeof EndReason>;

/** Server to device, on the stream. */
export const StreamDown = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("welcome"), protocol, scope: z.string(), serverTime: Instant }),
  z.strictObject({
    type: z.literal("changes"),
    collection: Collection,
    /** The batch covers (from, to] of the feed; a device that stands before `from` has missed something and pulls. */
    from: Checkpoint,
    to: Checkpoint,
    docs: z.array(WireDoc),
    gone: z.array(RecordId),
  }),
  /** The server cannot say what changed: pull these collections. */
  z.strictObject({ type: z.literal("resync"), collections: z.array(Collection), scope: z.string() }),
  z.strictObject({ type: z.literal("presence"), people: z.array(PresenceEntry) }),
  /** What is being said in a call of this person's, before and when it becomes a segment. Nothing keeps it for who is away. */
  z.strictObject({
    type: z.literal("said"),
    callId: RecordId,
    utterances: z.array(Utterance).max(50),
    /** The transcript has come to an end before the call; true until something is said again. */
    stopped: z.boolean(),
  }),
  /** Somebody who supervises ends this call of a company's own exchange, with which the desk alone speaks. */
  z.strictObject({ type: z.literal("hang-up"), callId: RecordId }),
  z.strictObject({ type: z.literal("end"), why: EndReason }),
  z.strictObject({ type: z.literal("pong") }),
]);
export type StreamDown = z.infer<typeof StreamDown>;

/** `details` of the error `scope-changed`: what the device may see now. */
export const ScopeChanged = z.strictObject({ scope: z.string().max(20_000) });
export type ScopeChanged = z.infer<typeof ScopeChanged>;

/** Body of every answer that is not 2xx. */
export const WireError = z.strictObject({
  error: z.strictObject({
    code: z.enum([
      "bad-request",
      "unauthorised",
      "forbidden",
      "not-found",
      "conflict",
      "scope-changed",
      "too-large",
      "too-many-requests",
      "update-required",
      "revoked",
      "wiped",
      "unavailable",
      "internal",
    ]),
    message: z.string(),
    details: z.unknown().optional(),
  }),
});
export type WireError = z.infer<typeof WireError>;
export type WireErrorCode = WireError["error"]["code"];

export const wireSchemas = {
  PullRequest,
  PullResponse,
  PushRequest,
  PushResponse,
  StreamUp,
  StreamDown,
  WireError,
  ScopeChanged,
} as const;
