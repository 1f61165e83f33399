import { noonOf } from "../time/zone.ts";

/**
 * A task for a whole day is due on a day of the calendar, not at a moment: it is kept as that day's noon in UTC, and
 * is the same day for an agent in Manila and a manager in New York.
 * @param day YYYY-MM-DD
 */
export function dueOfDay(day: string): string {
  return `${day}T12:00:00.000Z`;
}

/** The day that a whole-day due time stands for, YYYY-MM-DD. */
export function dayOfDue(dueAt: string): string {
  return dueAt.slice(0, 10);
}

/** When something is due by the clocks of `zone`, in milliseconds: of a whole day its noon there. */
export function dueMsIn(zone: string, { dueAt, allDay }: { dueAt: string; allDay: boolean }): number {
  return allDay ? noonOf(dayOfDue(dueAt), zone) : Date.parse(dueAt);
}
