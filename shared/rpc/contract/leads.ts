import { z } from "zod";
import { Call } from "../../entities/call.ts";
import { Appointment } from "../../entities/activity.ts";
import { CustomValue, FieldValue, Instant, tag } from "../../entities/fields.ts";
import { Deal } from "../../entities/deal.ts";
import { RecordId } from "../../entities/id.ts";
import { Lead } from "../../entities/lead.ts";
import { KeptValue } from "../../entities/record.ts";
import { Filter, Sort } from "../../entities/setting.ts";
import { Task } from "../../entities/task.ts";
import { FieldPath } from "../../sync/edit.ts";
import { command, query } from "../define.ts";
import { Unsent } from "./records.ts";

const filters = z.array(Filter).max(20);
/** As many rows can be ticked one by one, or left out of everything. */
export const maxTicked = 5_000;
/** As typed; typos are forgiven; empty = everything. */
const search = z.string().max(200);

/** One line of a list or a card of the board: what it shows and nothing more. */
export const LeadRow = Lead.pick({
  id: true,
  name: true,
  company: true,
  title: true,
  stage: true,
  score: true,
  ownerId: true,
  phone: true,
  email: true,
  city: true,
  source: true,
  tags: true,
  lastContactAt: true,
  createdAt: true,
  updatedAt: true,
}).extend({
  custom: z.record(z.string(), CustomValue),
  nextTask: z
    .object({ id: RecordId, title: z.string(), dueAt: z.string().nullable(), allDay: z.boolean() })
    .nullable(),
  /** Not yet on the server. */
  waiting: z.boolean(),
  /** Values that lost and that nobody has settled. */
  openKept: z.int(),
});
export type LeadRow = z.infer<typeof LeadRow>;

/** `rows` are those from `offset` on in the order of `sort` (best match first while searching). */
export const listLeads = query("leads.list", {
  input: z.object({ filters, sort: Sort, search, offset: z.int().min(0), limit: z.int().min(1).max(500) }),
  output: z.object({ total: z.int(), offset: z.int(), rows: z.array(LeadRow) }),
});

/** How many leads each view holds, by the caller's key. */
export const countLeads = query("leads.count", {
  input: z.object({ views: z.array(z.object({ key: z.string().max(80), filters })).max(50) }),
  output: z.object({ counts: z.record(z.string(), z.int()) }),
});

export const leadBoard = query("leads.board", {
  input: z.object({ filters, search, perStage: z.int().min(1).max(200) }),
  output: z.object({
    stages: z.array(z.object({ stage: z.string(), total: z.int(), rows: z.array(LeadRow) })),
  }),
});

/** Where a lead stands in a list: for "6 of 38" and J/K on a profile. */
export const leadPosition = query("leads.position", {
  input: z.object({ filters, sort: Sort, search, id: RecordId }),
  output: z.object({
    index: z.int().nullable(),
    total: z.int(),
    previousId: RecordId.nullable(),
    nextId: RecordId.nullable(),
  }),
});

/** The leads from one place of a list to another, both included: for ticking what was never on screen. */
export const leadRange = command("leads.range", {
  input: z
    .object({ filters, sort: Sort, search, from: z.int().min(0), to: z.int().min(0) })
    .refine(({ from, to }) => to - from < maxTicked, "too many at once"),
  output: z.object({ ids: z.array(RecordId) }),
});

/** Which of these leads a list has no longer: what is ticked and not listed is not to be edited unseen. */
export const leadsGone = query("leads.gone", {
  input: z.object({ filters, search, ids: z.array(RecordId).max(maxTicked) }),
  output: z.object({ ids: z.array(RecordId) }),
});

/** Edits every lead of a selection, as a job. `addTag` leaves the tags that a lead has. */
export const bulkEditLeads = command("leads.bulkEdit", {
  input: z.object({
    selection: z.union([
      z.object({ ids: z.array(RecordId).min(1).max(maxTicked) }),
      z.object({ filters, search, except: z.array(RecordId).max(maxTicked) }),
    ]),
    set: z.record(FieldPath, FieldValue).default({}),
    addTag: tag.nullable().default(null),
    label: z.string().max(200),
  }),
  output: z.object({ jobId: z.string() }),
});
export const bulkDeleteLeads = command("leads.bulkDelete", {
  input: bulkEditLeads.input.omit({ set: true, addTag: true }),
  output: z.object({ jobId: z.string() }),
});

/** The start and end of each part of a text that a search matched. */
const Spans = z.array(z.tuple([z.int(), z.int()]));

/** Everything that answers to a few typed letters, for the palette and the search field. */
export const find = query("find", {
  input: z.object({ text: search, limit: z.int().min(1).max(50) }),
  output: z.object({
    leads: z.array(
      Lead.pick({ id: true, name: true, company: true, stage: true, score: true, phone: true }).extend({
        matches: z.object({ name: Spans, company: Spans, phone: Spans }),
        /** The line of the notes or the address that matched, when nothing else did. */
        excerpt: z.string().nullable(),
      }),
    ),
    others: z.array(
      z.object({
        collection: z.enum(["deals", "listings", "tasks"]),
        id: RecordId,
        title: z.string(),
        note: z.string(),
        /** Of a deal. */
        value: z.object({ amount: z.number(), currency: z.string() }).nullable(),
        /** When a task is due, or was done. */
        at: Instant.nullable(),
        /** `at` is a day of the calendar, for which a task is due. */
        allDay: z.boolean(),
      }),
    ),
    leadTotal: z.int(),
    tookMs: z.number(),
  }),
});

export const TimelineKind = z.enum(["call", "note", "email", "message", "task", "appointment", "change"]);
export type TimelineKind = z.infer<typeof TimelineKind>;

const itemBase = { id: z.string(), at: z.string(), byId: z.string().nullable(), waiting: z.boolean() };
export const TimelineItem = z.discriminatedUnion("kind", [
  z.object({ ...itemBase, kind: z.literal("call"), call: Call }),
  z.object({ ...itemBase, kind: z.literal("note"), text: z.string() }),
  z.object({
    ...itemBase,
    kind: z.enum(["email", "message"]),
    direction: z.enum(["inbound", "outbound"]),
    subject: z.string(),
    text: z.string(),
    status: z.string(),
    openedCount: z.int(),
    /** Of what they wrote, reckoned on this machine; empty = they wrote nothing of it. */
    sentiment: Call.shape.sentiment,
  }),
  z.object({ ...itemBase, kind: z.literal("task"), title: z.string(), what: z.enum(["added", "done"]) }),
  z.object({
    ...itemBase,
    kind: z.literal("appointment"),
    title: z.string(),
    place: z.string(),
    status: z.string(),
  }),
  z.object({
    ...itemBase,
    kind: z.literal("change"),
    what: z.enum(["created", "change", "merge", "deleted", "restored", "import"]),
    title: z.string(),
    changes: z.array(z.object({ field: z.string(), from: FieldValue, to: FieldValue })),
  }),
  /** Two people changed one field: both values, and a choice until somebody has made it. */
  z.object({ ...itemBase, kind: z.literal("kept"), kept: KeptValue, stands: FieldValue }),
]);
export type TimelineItem = z.infer<typeof TimelineItem>;

export const leadTimeline = query("leads.timeline", {
  input: z.object({ id: RecordId, kinds: z.array(TimelineKind), search, limit: z.int().min(1).max(500) }),
  output: z.object({
    items: z.array(TimelineItem),
    counts: z.record(z.string(), z.int()),
    more: z.boolean(),
  }),
});

export const leadProfile = query("leads.profile", {
  input: z.object({ id: RecordId }),
  output: z.object({
    /** Null: deleted, or out of sight. */
    lead: Lead.nullable(),
    unsent: Unsent,
    tasks: z.array(Task),
    deals: z.array(Deal),
    nextAppointment: Appointment.nullable(),
  }),
});

const points = z.int().min(0).max(100);

/**
 * How worth a call a lead is, reckoned on this machine from what it holds of it: the rules need nobody; the
 * probability needs a model of the server's, which is kept here and works offline.
 */
export const leadScore = query("leads.score", {
  input: z.object({ id: RecordId }),
  output: z.object({
    /** Null: deleted, or out of sight. */
    score: z
      .object({
        total: points,
        components: z.array(
          z.object({ name: z.string(), label: z.string(), points, most: points, why: z.string() }),
        ),
        level: z.enum(["hot", "warm", "cold", "nurture", "inactive"]),
        churn: z.object({ risk: z.enum(["low", "middle", "high"]), why: z.string() }),
        next: z.object({ kind: z.string(), words: z.string() }),
      })
      .nullable(),
    /** That a call now leads to a win within 30 days; null where there is no score, or their stage says won or lost. */
    conversion: z
      .object({
        probability: z.number(),
        low: z.number(),
        high: z.number(),
        reasons: z.array(z.string()),
        /** `contacts`: calls that the model has learned from; null = it says what holds of most organisations. */
        learned: z.object({ version: z.int(), trainedAt: Instant, contacts: z.int() }).nullable(),
      })
      .nullable(),
    /** Of what they last wrote, in chats on the website as well, and of what was noted of their last calls; null = nothing. */
    said: z
      .object({
        sentiment: z.enum(["very-negative", "negative", "neutral", "positive", "very-positive"]),
        /** The likeliest two; the words that speak most for each, in their order. */
        emotions: z.array(z.object({ emotion: z.string(), because: z.array(z.string()) })),
        phrases: z.array(z.string()),
        urgency: z.enum(["none", "some", "high"]),
        urgentWords: z.array(z.string()),
        texts: z.int(),
      })
      .nullable(),
  }),
});

export const leadsContract = {
  listLeads,
  countLeads,
  leadBoard,
  leadPosition,
  leadRange,
  leadsGone,
  bulkEditLeads,
  bulkDeleteLeads,
  find,
  leadTimeline,
  leadProfile,
  leadScore,
};
