import { dayOf } from "../../time/zone.ts";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const numbers: Readonly<Record<string, number>> = { a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, ten: 10 }; // prettier-ignore

const inSome = /\bin (\d{1,3}|a|one|two|three|four|five|six|seven|ten) (day|week|month)s?\b/iu;
const named = /\b(?:(?:on|by|next) )*(sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b/iu;
const shortly = /\b(today|tomorrow|next week|next month)\b/iu;
const soonDays: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  "next week": 7,
  "next month": 30,
};
const unitDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

/**
 * The day that a text names, counted from today, and the text without it. Null = it names none.
 * @param zone IANA
 */
export function findDay(text: string, now: string, zone: string): { dueInDays: number | null; rest: string } {
  const without = (found: RegExpExecArray) =>
    `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`
      .replaceAll(/\s+/gu, " ")
      .trim();
  const relative = inSome.exec(text);
  if (relative) {
    const [, count = "", unit = ""] = relative;
    const many = numbers[count.toLowerCase()] ?? Number(count);
    return { dueInDays: Math.min(365, many * (unitDays[unit.toLowerCase()] ?? 1)), rest: without(relative) };
  }
  const soon = shortly.exec(text);
  if (soon) return { dueInDays: soonDays[(soon[1] ?? "").toLowerCase()] ?? 0, rest: without(soon) };
  const day = named.exec(text);
  if (!day) return { dueInDays: null, rest: text.trim() };
  const wanted = weekdays.indexOf((day[1] ?? "").toLowerCase());
  const today = new Date(`${dayOf(Date.parse(now), zone)}T00:00:00Z`).getUTCDay();
  // "On Monday" of a Monday is the next one.
  return { dueInDays: (wanted - today + 7) % 7 || 7, rest: without(day) };
}
