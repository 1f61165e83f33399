import { differenceInMinutes, format, subMinutes } from "date-fns";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { dueDate } from "../../ui/format/due.ts";
import type { Due } from "./due-text.ts";
import type { TaskLine } from "./task-line.ts";

type Times = { dueAt: string | null; allDay: boolean };

/** A due time as the record keeps it. */
export function dueFields(due: Due | null): Times {
  if (!due) return { dueAt: null, allDay: false };
  const dueAt = due.allDay ? dueOfDay(format(due.at, "yyyy-MM-dd")) : due.at.toISOString();
  return { dueAt, allDay: due.allDay };
}

/** The instant `minutes` before a due time, of a whole day before its noon; null where there is none or no reminder is wanted. */
export function remindAtOf({ dueAt, allDay }: Times, minutes: number | null): string | null {
  if (dueAt === null || minutes === null) return null;
  return subMinutes(dueDate({ dueAt, allDay }), minutes).toISOString();
}

/** How many minutes before it is due a task reminds; null = never. */
export function remindMinutesOf({
  dueAt,
  allDay,
  remindAt,
}: Times & { remindAt: string | null }): number | null {
  if (!dueAt || !remindAt) return null;
  return differenceInMinutes(dueDate({ dueAt, allDay }), new Date(remindAt));
}

/** Fields for a task whose due time moves: its reminder keeps its distance, a snooze ends. */
export function movedFields(
  task: Times & { remindAt: string | null },
  due: Due | null,
): Record<string, FieldValue> {
  const moved = dueFields(due);
  return { ...moved, remindAt: remindAtOf(moved, remindMinutesOf(task)), snoozedUntil: null };
}

/** Minutes before the due time that are offered; a whole day counts from its noon. */
export function remindChoices(allDay: boolean): { value: string; label: string }[] {
  const choices: [number, string][] = allDay
    ? [
        [180, "At 9:00 that day"],
        [180 + 1440, "At 9:00 the day before"],
      ]
    : [
        [0, "When it is due"],
        [10, "10 min before"],
        [30, "30 min before"],
        [60, "1 h before"],
        [1440, "1 day before"],
      ];
  return choices.map(([minutes, label]) => ({ value: String(minutes), label }));
}

/**
 * What a task is about, when somebody chooses another lead for it: a deal of the former one is not theirs.
 * One that was tied to a deal alone stays tied to it.
 */
export function aboutLead(
  task: { leadId: string | null; dealId: string | null },
  leadId: string | null,
): { leadId: string | null; dealId: string | null } {
  const stays = task.leadId === null || task.leadId === leadId;
  return { leadId, dealId: stays ? task.dealId : null };
}

/** A new task as its typed line says; the replica knows whose team it is of. @param remindMinutes before a time of day; whole days do not remind by themselves */
export function newTaskFields(
  line: TaskLine,
  context: {
    assigneeId: string;
    leadId: string | null;
    dealId?: string | null;
    remindMinutes: number;
    callId?: string | null;
  },
): Record<string, FieldValue> {
  const due = dueFields(line.due);
  return {
    title: line.title,
    notes: "",
    ...due,
    priority: line.priority,
    doneAt: null,
    snoozedUntil: null,
    remindAt: remindAtOf(due, due.allDay ? null : context.remindMinutes),
    recurrence: line.recurrence,
    recurrenceOf: null,
    assigneeId: context.assigneeId,
    leadId: context.leadId,
    dealId: context.dealId ?? null,
    callId: context.callId ?? null,
  };
}
