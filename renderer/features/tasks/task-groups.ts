import {
  addDays,
  differenceInCalendarDays,
  differenceInMinutes,
  format,
  isBefore,
  startOfDay,
} from "date-fns";
import type { TaskRow, TaskScope } from "../../../shared/rpc/contract/work.ts";
import type { z } from "zod";
import { dueDate } from "../../ui/format/due.ts";
import { clockTime, dayHeading, dayName } from "../../ui/format/times.ts";

export type Scope = z.infer<typeof TaskScope>;
export type TaskGroup = { key: string; heading: string; rows: TaskRow[] };
type TimedTask = Pick<TaskRow, "dueAt" | "allDay">;

/** Rows of one scope under the headings a person reads; the order within a group stays as given. */
export function groupTasks(rows: readonly TaskRow[], scope: Scope, now: Date): TaskGroup[] {
  const groups = new Map<string, TaskGroup>();
  for (const row of rows) {
    const heading = headingOf(row, scope, now);
    const group = groups.get(heading) ?? { key: heading || "all", heading, rows: [] };
    group.rows.push(row);
    groups.set(heading, group);
  }
  return [...groups.values()];
}

export function isLate(task: TimedTask, now: Date): boolean {
  const due = dueOf(task);
  return due !== null && isBefore(due, task.allDay ? startOfDay(now) : now);
}

/** "Late 1 d", "Late 20 min": lateness is said in words, never in red. */
export function lateText(task: TimedTask, now: Date): string {
  const due = dueOf(task) ?? now;
  const days = differenceInCalendarDays(now, due);
  if (task.allDay || days > 0) return `Late ${days} d`;
  const minutes = differenceInMinutes(now, due);
  return minutes < 60 ? `Late ${Math.max(1, minutes)} min` : `Late ${Math.floor(minutes / 60)} h`;
}

/** What stands at the right of a row: lateness, the time of day under a day's heading, or day and time. */
export function dueText(task: TimedTask, scope: Scope, now: Date): { text: string; strong: boolean } {
  const due = dueOf(task);
  if (!due) return { text: "", strong: false };
  if (scope !== "done" && isLate(task, now)) return { text: lateText(task, now), strong: true };
  const underItsDay = scope === "today" || (scope === "upcoming" && isWithinFortnight(due, now));
  if (underItsDay) return { text: task.allDay ? "" : clockTime(due), strong: scope === "today" };
  return { text: task.allDay ? dayName(due, now) : `${dayName(due, now)} ${clockTime(due)}`, strong: false };
}

function headingOf(row: TaskRow, scope: Scope, now: Date): string {
  switch (scope) {
    case "today":
      return isLate(row, now) ? "Late" : "Today";
    case "upcoming":
      return comingHeading(dueOf(row), now);
    case "snoozed":
      return comingHeading(row.snoozedUntil === null ? null : new Date(row.snoozedUntil), now);
    case "done":
      return row.doneAt ? dayHeading(new Date(row.doneAt), now) : "";
    case "someday":
      return "";
  }
}

/** Days for two weeks, then months. */
function comingHeading(day: Date | null, now: Date): string {
  if (!day) return "Some time";
  return isWithinFortnight(day, now) ? dayHeading(day, now) : format(day, "MMMM yyyy");
}

function dueOf({ dueAt, allDay }: TimedTask): Date | null {
  return dueAt === null ? null : dueDate({ dueAt, allDay });
}

function isWithinFortnight(day: Date, now: Date): boolean {
  return isBefore(day, addDays(startOfDay(now), 15));
}
