import { differenceInMinutes } from "date-fns";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import { instantOfWall } from "../../../shared/time/zone.ts";
import type { Due } from "./due-text.ts";
import type { TaskLine } from "./task-line.ts";

/**
 * A due time as the record keeps it. A whole day is its noon in the tenant's zone: it is the same day on every clock
 * within eleven hours of it.
 */
export function dueFields(due: Due | null, tenantZone: string): { dueAt: string | null; allDay: boolean } {
  if (!due) return { dueAt: null, allDay: false };
  if (!due.allDay) return { dueAt: due.at.toISOString(), allDay: false };
  const noon = instantOfWall(
    {
      year: due.at.getFullYear(),
      month: due.at.getMonth() + 1,
      day: due.at.getDate(),
      hour: 12,
      minute: 0,
      second: 0,
    },
    tenantZone,
  );
  return { dueAt: new Date(noon).toISOString(), allDay: true };
}

/** The instant `minutes` before a due time; null where there is none or no reminder is wanted. */
export function remindAtOf(dueAt: string | null, minutes: number | null): string | null {
  if (dueAt === null || minutes === null) return null;
  return new Date(Date.parse(dueAt) - minutes * 60_000).toISOString();
}

/** How many minutes before it is due a task reminds; null = never. */
export function remindMinutesOf(task: { dueAt: string | null; remindAt: string | null }): number | null {
  if (!task.dueAt || !task.remindAt) return null;
  return differenceInMinutes(new Date(task.dueAt), new Date(task.remindAt));
}

/** Fields for a task whose due time moves: its reminder keeps its distance, a snooze ends. */
export function movedFields(
  task: { dueAt: string | null; remindAt: string | null },
  due: Due | null,
  tenantZone: string,
): Record<string, FieldValue> {
  const moved = dueFields(due, tenantZone);
  return { ...moved, remindAt: remindAtOf(moved.dueAt, remindMinutesOf(task)), snoozedUntil: null };
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

/** A new task as its typed line says. @param remindMinutes before a time of day; whole days do not remind by themselves */
export function newTaskFields(
  line: TaskLine,
  context: {
    assigneeId: string;
    teamId: string | null;
    leadId: string | null;
    tenantZone: string;
    remindMinutes: number;
    callId?: string | null;
  },
): Record<string, FieldValue> {
  const due = dueFields(line.due, context.tenantZone);
  return {
    title: line.title,
    notes: "",
    ...due,
    priority: line.priority,
    doneAt: null,
    snoozedUntil: null,
    remindAt: remindAtOf(due.dueAt, due.allDay ? null : context.remindMinutes),
    recurrence: line.recurrence,
    recurrenceOf: null,
    assigneeId: context.assigneeId,
    teamId: context.teamId,
    leadId: context.leadId,
    dealId: null,
    callId: context.callId ?? null,
  };
}
