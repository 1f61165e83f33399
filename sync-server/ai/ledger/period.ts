import { addDays, dayOf, startOfDay } from "../../../shared/time/zone.ts";

export type PeriodKind = "day" | "week" | "month";
/** `firstDay` YYYY-MM-DD; `endsMs` is the first instant that is not in it any more. */
export type Period = { firstDay: string; endsMs: number };

/** The day, week (from Monday on) or month in which an instant lies, by the calendar of a time zone. */
export function periodOf(atMs: number, timeZone: string, kind: PeriodKind): Period {
  const firstDay = firstDayOf(dayOf(atMs, timeZone), kind);
  return { firstDay, endsMs: startOfDay(nextAfter(firstDay, kind), timeZone) };
}

function firstDayOf(day: string, kind: PeriodKind): string {
  if (kind === "day") return day;
  if (kind === "month") return `${day.slice(0, 8)}01`;
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -sinceMonday);
}

const longestMonth = 31;

function nextAfter(firstDay: string, kind: PeriodKind): string {
  if (kind === "month") return firstDayOf(addDays(firstDay, longestMonth), "month");
  return addDays(firstDay, kind === "week" ? 7 : 1);
}
