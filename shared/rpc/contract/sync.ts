import { z } from "zod";
import { FieldValue } from "../../entities/fields.ts";
import { KeptValue } from "../../entities/record.ts";
import { Collection, FieldPath, Refusal } from "../../sync/edit.ts";
import { Presence, PresenceEntry, PresenceReason } from "../../sync/wire.ts";
import { command, event, query } from "../define.ts";
import { Undoable } from "./records.ts";

export const SyncPhase = z.enum([
  "starting",
  "first-sync",
  "catching-up",
  "live",
  "offline",
  "paused",
  "stopped",
  "rebuilding",
]);

export const syncStatus = query("sync.status", {
  input: z.object({}),
  output: z.object({
    phase: SyncPhase,
    /** What the server said when it did not answer as it should; null = all is well, or there is no network. */
    trouble: z.string().nullable(),
    /** First sync or rebuild: records so far and in all, with an estimate. */
    progress: z
      .object({
        collection: Collection,
        done: z.int(),
        total: z.int().nullable(),
        leftMs: z.number().nullable(),
      })
      .nullable(),
    waiting: z.int(),
    refused: z.int(),
    openKept: z.int(),
    lastSyncedAt: z.string().nullable(),
    /** When the connection went; null while there is one, and where there was none since the desk was opened. */
    offlineSince: z.string().nullable(),
    nextTryAt: z.string().nullable(),
    leadsOnDevice: z.int(),
    roundTripMs: z.number().nullable(),
  }),
});

const what = {
  collection: Collection,
  id: z.string(),
  /** The record's name as people know it. */
  title: z.string(),
  leadId: z.string().nullable(),
  /** A task for a whole day: its due is a day of the calendar. */
  allDay: z.boolean(),
};
const Fields = z.array(z.object({ field: z.string(), from: FieldValue, to: FieldValue }));

export const WaitingEdit = z.object({
  ...what,
  editId: z.string(),
  kind: z.enum(["create", "update", "delete", "restore", "settle", "report"]),
  fields: Fields,
  at: z.string(),
  label: z.string(),
});
export type WaitingEdit = z.infer<typeof WaitingEdit>;
export const RefusedEdit = WaitingEdit.extend({ refusal: Refusal });
export type RefusedEdit = z.infer<typeof RefusedEdit>;
export const OpenKept = z.object({ ...what, kept: KeptValue, stands: FieldValue });
export type OpenKept = z.infer<typeof OpenKept>;

/** Newest first, at most 200 of each; the counts are whole. */
export const syncIssues = query("sync.issues", {
  input: z.object({}),
  output: z.object({
    refused: z.array(RefusedEdit),
    kept: z.array(OpenKept),
    waiting: z.array(WaitingEdit),
    counts: z.object({ refused: z.int(), kept: z.int(), waiting: z.int() }),
  }),
});

/** `refused`: all that the server has refused, however many. */
const editIds = z.array(z.string().max(64)).min(1).max(5_000).or(z.literal("refused"));
export const retryEdits = command("sync.retry", {
  input: z.object({ editIds }),
  output: z.object({ count: z.int() }),
});
/** The record goes back to what the server says; undo brings the edit back. */
export const discardEdits = command("sync.discard", { input: z.object({ editIds }), output: Undoable });
/** Replaces what a refused edit says and sends it again. */
export const amendEdit = command("sync.amend", {
  input: z.object({ editId: z.string().max(64), set: z.record(FieldPath, FieldValue) }),
  output: z.object({}),
});
export const pauseSync = command("sync.pause", {
  input: z.object({ paused: z.boolean() }),
  output: z.object({}),
});
export const syncNow = command("sync.now", { input: z.object({}), output: z.object({}) });

export const people = query("presence", {
  input: z.object({}),
  output: z.object({
    people: z.array(PresenceEntry),
    mine: Presence,
    reason: PresenceReason,
    since: z.string(),
  }),
});
export const setPresence = command("presence.set", {
  input: z.object({ presence: Presence, reason: PresenceReason }),
  output: z.object({}),
});

/** Something the person should know now, in one sentence. */
export const notice = event(
  "notice",
  z.object({ tone: z.enum(["info", "success", "trouble"]), text: z.string(), undoId: z.string().nullable() }),
);

export const syncContract = {
  syncStatus,
  syncIssues,
  retryEdits,
  discardEdits,
  amendEdit,
  pauseSync,
  syncNow,
  people,
  setPresence,
  notice,
};
