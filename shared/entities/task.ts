import { z } from "zod";
import { instantOrNull, line, longText, recordRef, teamRef, userRef } from "./fields.ts";
import { recordBase } from "./record.ts";

export const TaskPriority = z.enum(["low", "normal", "high", "urgent"]);
export type TaskPriority = z.infer<typeof TaskPriority>;

export const Task = z.strictObject({
  ...recordBase,
  title: line.min(1),
  notes: longText,
  dueAt: instantOrNull,
  /** True: only the day of `dueAt` counts. */
  allDay: z.boolean(),
  priority: TaskPriority,
  doneAt: instantOrNull,
  /** Hidden from today until then. */
  snoozedUntil: instantOrNull,
  /** When the desk reminds; null = never. */
  remindAt: instantOrNull,
  /** RFC 5545 RRULE without DTSTART, e.g. `FREQ=WEEKLY;BYDAY=MO`; empty = once. */
  recurrence: z.string().max(200),
  /** The task of which this is the next occurrence: finishing twice makes one follower. */
  recurrenceOf: recordRef,
  assigneeId: userRef,
  teamId: teamRef,
  leadId: recordRef,
  dealId: recordRef,
  callId: recordRef,
});
export type Task = z.infer<typeof Task>;
