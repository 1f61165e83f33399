import { z } from "zod";
import { Instant } from "../../entities/fields.ts";
import { RecordId, UserId } from "../../entities/id.ts";

/** What a dial came to, as far as a list is concerned. `reached`: a person talked to us. */
export const AttemptOutcome = z.enum(["reached", "no-answer", "busy", "voicemail", "failed"]);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

/**
 * Why somebody is not called before a certain time. `asked`: they (or an agent) named it, so it goes before all else
 * when it has come; `hours` and `cap`: the rules of calling; `skipped`: their agent wanted another one first.
 */
export const WaitReason = z.enum(["new", "asked", "retry", "hours", "cap", "skipped"]);
export type WaitReason = z.infer<typeof WaitReason>;

/** When an entry's turn comes; null = at once. */
const turn = { notBefore: Instant.nullable(), because: WaitReason };

export const DoneReason = z.enum(["reached", "attempts", "blocked", "removed"]);
export type DoneReason = z.infer<typeof DoneReason>;

/** Where an entry of a call list is. From `done` nothing leads back but adding the person again. */
export const EntryState = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("waiting"), ...turn }),
  /** One agent has it before them until then; the turn is kept for when they let go. */
  z.strictObject({ state: z.literal("reserved"), ...turn, by: UserId, until: Instant }),
  z.strictObject({ state: z.literal("calling"), ...turn, by: UserId, callId: RecordId }),
  /** `attempts`: as often as the list allows, and nobody was reached. */
  z.strictObject({ state: z.literal("done"), why: DoneReason, at: Instant }),
]);
export type EntryState = z.infer<typeof EntryState>;
export type EntryStateName = EntryState["state"];

/** Somebody in a call list. */
export const CallListEntry = z.strictObject({
  entryId: RecordId,
  /** Key of the list. */
  list: z.string().max(60),
  leadId: RecordId,
  /** 0-9; the higher one goes first. */
  priority: z.int().min(0).max(9),
  /** Dials that were made. */
  attempts: z.int().min(0),
  last: z.strictObject({ outcome: AttemptOutcome, at: Instant, callId: RecordId }).nullable(),
  addedAt: Instant,
  now: EntryState,
});
export type CallListEntry = z.infer<typeof CallListEntry>;
