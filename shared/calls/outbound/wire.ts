import { z } from "zod";
import { Instant, line, phone } from "../../entities/fields.ts";
import { RecordId, UserId } from "../../entities/id.ts";
import { CallListEntry, WaitReason } from "./entry.ts";

// What desks and the console ask the server about call lists; all with `Authorization: Bearer <token>` or the
// console's session. The lists themselves are settings of kind `call-list` (admin API: /api/v1/call-lists).
const lists = "/api/v1/telephony/lists";
const entries = "/api/v1/telephony/list-entries";
export const outboundPaths = {
  /** GET CallListStates. */
  lists,
  /** GET ListedEntries with EntriesQuery, POST AddEntries → AddedEntries. */
  entries: (key: string) => `${lists}/${encodeURIComponent(key)}/entries`,
  /** POST LeadsOut → RemovedEntries. */
  remove: (key: string) => `${lists}/${encodeURIComponent(key)}/entries/remove`,
  /** POST NextRequest → NextAnswer. */
  next: `${entries}/next`,
  /** POST EntryMove. */
  entry: (entryId: string) => `${entries}/${encodeURIComponent(entryId)}`,
} as const;

export const ListKey = z.string().regex(/^[a-z][a-z0-9-]{0,58}$/u);

/** Why nobody of a list is to be called at this moment, and when again. */
export const ListClosed = z.strictObject({
  why: z.enum(["paused", "business-hours"]),
  until: Instant.nullable(),
});
export type ListClosed = z.infer<typeof ListClosed>;

/** Somebody who works a list at this moment. */
export const ListWorker = z.strictObject({
  userId: UserId,
  leadId: RecordId,
  leadName: line,
  doing: z.enum(["reading", "calling"]),
  /** Of the call; null while they read. */
  callId: RecordId.nullable(),
  since: Instant,
});
export type ListWorker = z.infer<typeof ListWorker>;

/**
 * A list as it stands. Agents see lists that they work, with the people whom they may see; managers and admins every
 * list. `due`: may be called now as far as is known (the rules of calling are asked when their turn comes).
 */
export const CallListState = z.strictObject({
  key: ListKey,
  label: line,
  mode: z.enum(["preview", "power"]),
  priority: z.int(),
  /** Null = people are handed out. */
  closed: ListClosed.nullable(),
  counts: z.strictObject({
    due: z.int(),
    later: z.int(),
    reserved: z.int(),
    calling: z.int(),
    reached: z.int(),
    attempts: z.int(),
    blocked: z.int(),
    removed: z.int(),
  }),
  /** When the next of those who wait for later is due. */
  nextAt: Instant.nullable(),
  /** People who were dialled in the last 24 hours, and those of them who were reached. */
  lastDay: z.strictObject({ called: z.int(), reached: z.int() }),
  working: z.array(ListWorker),
});
export type CallListState = z.infer<typeof CallListState>;
export const CallListStates = z.strictObject({ lists: z.array(CallListState) });
export type CallListStates = z.infer<typeof CallListStates>;

export const EntriesQuery = z.strictObject({
  /** `open` (waiting, reserved or calling) in the order in which they come, or those that are done, latest first. */
  show: z.enum(["open", "done"]).default("open"),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type EntriesQuery = z.infer<typeof EntriesQuery>;
export const ListedEntry = CallListEntry.extend({ leadName: line, company: line, number: phone });
export type ListedEntry = z.infer<typeof ListedEntry>;
export const ListedEntries = z.strictObject({ entries: z.array(ListedEntry), total: z.int() });
export type ListedEntries = z.infer<typeof ListedEntries>;

/** `scheduledAt`: not before then, and first of all then; null = in their turn. */
export const AddEntries = z.strictObject({
  leadIds: z.array(RecordId).min(1).max(1_000),
  priority: z.int().min(0).max(9).default(5),
  scheduledAt: Instant.nullable().default(null),
});
export type AddEntries = z.infer<typeof AddEntries>;
export const AddRefusal = z.enum(["not-found", "no-number", "do-not-call"]);
export type AddRefusal = z.infer<typeof AddRefusal>;
/** `added` also names who was done with and begins anew; `already` stand in the list and were left as they are. */
export const AddedEntries = z.strictObject({
  added: z.array(RecordId),
  already: z.array(RecordId),
  refused: z.array(z.strictObject({ leadId: RecordId, why: AddRefusal })),
});
export type AddedEntries = z.infer<typeof AddedEntries>;

export const LeadsOut = z.strictObject({ leadIds: z.array(RecordId).min(1).max(1_000) });
/** Whoever is being called stays until the call is over. */
export const RemovedEntries = z.strictObject({ removed: z.array(RecordId) });

/** `list` null = all that this person works. Whoever holds somebody already is given the same again, for longer. */
export const NextRequest = z.strictObject({ list: ListKey.nullable() });
export type NextRequest = z.infer<typeof NextRequest>;

/** Somebody to be called, held for one agent until `until`; the desk asks again before then to keep them. */
export const OfferedLead = z.strictObject({
  entryId: RecordId,
  list: ListKey,
  mode: z.enum(["preview", "power"]),
  previewSeconds: z.int(),
  leadId: RecordId,
  leadName: line,
  company: line,
  number: phone,
  /** Where they are by everything that is known: one zone or several. */
  zones: z.array(z.string()).max(20),
  because: WaitReason,
  attempts: z.int(),
  maxAttempts: z.int(),
  last: CallListEntry.shape.last,
  until: Instant,
});
export type OfferedLead = z.infer<typeof OfferedLead>;

/**
 * Why nobody comes. `empty`: the list is called through (or was never filled); `later`: everybody left waits, the first
 * of them until `at`, for `because`, by the clock of `zone`; `busy`: the rest is with colleagues.
 */
export const NobodyNext = z.discriminatedUnion("why", [
  z.strictObject({ why: z.literal("no-list") }),
  z.strictObject({ why: z.literal("empty") }),
  z.strictObject({ why: z.literal("busy") }),
  z.strictObject({ why: z.literal("later"), at: Instant, because: WaitReason, zone: z.string() }),
  z.strictObject({ why: z.literal("paused") }),
  z.strictObject({ why: z.literal("business-hours"), at: Instant.nullable(), zone: z.string() }),
]);
export type NobodyNext = z.infer<typeof NobodyNext>;
export const NextAnswer = z.discriminatedUnion("found", [
  z.strictObject({ found: z.literal(true), lead: OfferedLead }),
  z.strictObject({ found: z.literal(false), nobody: NobodyNext }),
]);
export type NextAnswer = z.infer<typeof NextAnswer>;

/** What an agent does with somebody they hold: puts them back for a while, or until a time, as they were, or for good. */
export const EntryMove = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("skip") }),
  z.strictObject({ do: z.literal("later"), at: Instant }),
  z.strictObject({ do: z.literal("release") }),
  z.strictObject({ do: z.literal("remove") }),
]);
export type EntryMove = z.infer<typeof EntryMove>;
