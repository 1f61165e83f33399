import { addDays, format, isValid, parse } from "date-fns";

/** A day as a form keeps it: YYYY-MM-DD. */
export type DayText = string;

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const patterns = [
  "yyyy-MM-dd",
  "d MMM yyyy",
  "d MMMM yyyy",
  "d.M.yyyy",
  "d MMM",
  "d MMMM",
  "MMM d yyyy",
  "MMM d",
];

/**
 * What somebody means by a typed day: "today", "fri", "+10", "1 Mar 2027", "2027-03-01". Null: not understood.
 * Days like 3/4 are not guessed: half of the world would be wrong.
 */
export function parseDay(typed: string, now: Date): DayText | null {
  const text = typed.trim().toLowerCase().replaceAll(",", "");
  const day = relativeDay(text, now) ?? writtenDay(text, now);
  return day && format(day, "yyyy-MM-dd");
}

/** "1 Mar 2027", as the field shows it. */
export function showDay(day: DayText): string {
  return format(parse(day, "yyyy-MM-dd", new Date(0)), "d MMM yyyy");
}

function relativeDay(text: string, now: Date): Date | null {
  if (text === "today") return now;
  if (text === "tomorrow") return addDays(now, 1);
  if (text === "yesterday") return addDays(now, -1);
  const days = /^\+(\d{1,4})d?$/u.exec(text)?.[1];
  if (days) return addDays(now, Number(days));
  const weekday = text.length >= 3 ? weekdays.findIndex((name) => name.startsWith(text)) : -1;
  // A weekday is the next one, never today.
  return weekday < 0 ? null : addDays(now, ((weekday - now.getDay() + 6) % 7) + 1);
}

function writtenDay(text: string, now: Date): Date | null {
  const days = patterns.map((pattern) => parse(text, pattern, now));
  return days.find((day) => isValid(day) && day.getFullYear() > 1000) ?? null;
}
