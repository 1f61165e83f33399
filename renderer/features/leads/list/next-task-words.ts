import { differenceInCalendarDays } from "date-fns";
import { dueDate } from "../../../ui/format/due.ts";
import { dayAndTime } from "../../../ui/format/times.ts";

/** When the next task is due, as the list says it: "Today 16:15", "Late 2 h", "Late 1 d", "Fri". Urgent is said by weight. */
export function nextTaskWords(
  { dueAt, allDay }: { dueAt: string | null; allDay: boolean },
  now: Date,
): { when: string; urgent: boolean } {
  if (!dueAt) return { when: "", urgent: false };
  const due = dueDate({ dueAt, allDay });
  const days = differenceInCalendarDays(now, due);
  if (days > 0) return { when: `Late ${days} d`, urgent: true };
  if (!allDay && due < now) return { when: `Late ${lateness(now.getTime() - due.getTime())}`, urgent: true };
  return { when: dayAndTime(due, now, allDay), urgent: days === 0 };
}

function lateness(lateMs: number): string {
  const minutes = Math.max(1, Math.floor(lateMs / 60_000));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}
