import { dayOfDue } from "../../../shared/tasks/whole-day.ts";

/** When something is due, on this window's clock: of a whole day its noon. */
export function dueDate({ dueAt, allDay }: { dueAt: string; allDay: boolean }): Date {
  return new Date(allDay ? `${dayOfDue(dueAt)}T12:00:00` : dueAt);
}
