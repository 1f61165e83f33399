import { z } from "zod";
import { Appointment } from "../../entities/activity.ts";
import { Call } from "../../entities/call.ts";
import { Deal } from "../../entities/deal.ts";
import { Instant } from "../../entities/fields.ts";
import { RecordId } from "../../entities/id.ts";
import { Listing } from "../../entities/listing.ts";
import { Filter, Sort } from "../../entities/setting.ts";
import { Task } from "../../entities/task.ts";
import { command, query, event } from "../define.ts";
import { LeadRow } from "./leads.ts";
import { Undoable } from "./records.ts";

const search = z.string().max(200);
/** `me`, `team` (anybody of my teams) or a person's id. */
const assignee = z.string().max(64);

/** By what a list can be sorted: these of every tenant's listings, and the tenant's own fields. */
const ListingOrder = z.union([
  z.enum([
    ...(["title", "address", "city", "type", "price", "bedrooms", "bathrooms"] as const),
    ...(["parking", "landSize", "updatedAt"] as const),
  ]),
  z
    .string()
    .max(80)
    .regex(/^custom\../u),
]);

const isOverOwnFields = (filters: readonly Filter[]) =>
  filters.every(({ field }) => field.startsWith("custom."));

export const TaskRow = Task.extend({
  leadName: z.string().nullable(),
  dealName: z.string().nullable(),
  waiting: z.boolean(),
});
export type TaskRow = z.infer<typeof TaskRow>;

/** `today`: late, due today and unsnoozed; `upcoming`: after today; `someday`: no date; `done`: newest first. */
export const TaskScope = z.enum(["today", "upcoming", "someday", "snoozed", "done"]);
export const listTasks = query("tasks.list", {
  input: z.object({
    scope: TaskScope,
    assignee,
    search,
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  output: z.object({ total: z.int(), counts: z.record(TaskScope, z.int()), rows: z.array(TaskRow) }),
});
/** What is still to be done for a deal, what is due first before the rest. */
export const dealTasks = query("tasks.ofDeal", {
  input: z.object({ dealId: RecordId }),
  output: z.object({ tasks: z.array(TaskRow) }),
});
/** Finishing a recurring task makes its next occurrence, once. */
export const finishTask = command("tasks.finish", {
  input: z.object({ id: RecordId }),
  output: Undoable.extend({ nextDueAt: Instant.nullable() }),
});
export const reopenTask = command("tasks.reopen", { input: z.object({ id: RecordId }), output: Undoable });
export const snoozeTask = command("tasks.snooze", {
  input: z.object({ id: RecordId, until: Instant }),
  output: Undoable,
});
export const taskDue = event(
  "tasks.due",
  z.object({
    id: RecordId,
    title: z.string(),
    leadName: z.string().nullable(),
    dueAt: Instant.nullable(),
    allDay: z.boolean(),
  }),
);

export const DealRow = Deal.extend({
  leadName: z.string().nullable(),
  listingTitle: z.string().nullable(),
  waiting: z.boolean(),
});
export type DealRow = z.infer<typeof DealRow>;
/** `value`: the sum by currency of all deals of the stage, not only of those in `rows`. */
export const dealBoard = query("deals.board", {
  input: z.object({ owner: z.string().max(64).nullable(), search, perStage: z.int().min(1).max(200) }),
  output: z.object({
    stages: z.array(
      z.object({
        stage: z.string(),
        total: z.int(),
        value: z.record(z.string(), z.number()),
        rows: z.array(DealRow),
      }),
    ),
  }),
});

export const listListings = query("listings.list", {
  input: z.object({
    search,
    status: z.enum(["all", "draft", "available", "reserved", "sold"]),
    /** Over the tenant's own fields. */
    filters: z.array(Filter).max(20).refine(isOverOwnFields).default([]),
    sort: Sort.extend({ field: ListingOrder }),
    offset: z.int().min(0),
    limit: z.int().min(1).max(500),
  }),
  output: z.object({ total: z.int(), rows: z.array(Listing) }),
});

export const dashboard = query("dashboard", {
  input: z.object({}),
  output: z.object({
    callsToday: z.object({
      total: z.int(),
      answered: z.int(),
      talkSeconds: z.int(),
      byHour: z.array(z.int()).length(24),
    }),
    recentCalls: z.array(Call.extend({ leadName: z.string().nullable() })),
    appointmentsToday: z.array(Appointment.extend({ leadName: z.string().nullable() })),
    tasksDue: z.array(TaskRow),
    tasksLate: z.int(),
    hotLeads: z.array(LeadRow),
    /** The next leads that somebody asked to be called back today. */
    nextCalls: z.array(
      z.object({ taskId: RecordId, leadId: RecordId, name: z.string(), note: z.string(), dueAt: Instant }),
    ),
    usage: z.array(
      z.object({ label: z.string(), used: z.number(), limit: z.number().nullable(), unit: z.string() }),
    ),
  }),
});

export const workContract = {
  listTasks,
  dealTasks,
  finishTask,
  reopenTask,
  snoozeTask,
  taskDue,
  dealBoard,
  listListings,
  dashboard,
};
