import type { Range } from "../../../shared/calls/compliance/dial-rules.ts";
import { joinRanges, type Week } from "../../../shared/calls/compliance/week.ts";
import { dayNames, parseClock } from "../business/clock.ts";

/** "09:00–13:00, 14:00–20:00"; empty where nobody is called. */
export function sayRanges(ranges: readonly Range[]): string {
  return ranges.map(({ from, to }) => `${from}–${to}`).join(", ");
}

/** "9-13, 2pm to 8pm", "all day", "closed" → hours in order; null: not understood. */
export function parseRanges(typed: string): Range[] | null {
  const text = typed.trim().toLowerCase();
  if (["", "closed", "none", "-"].includes(text)) return [];
  if (text === "all day") return [{ from: "00:00", to: "24:00" }];
  const parts = text.split(/[,;+]|\band\b/u).map(parseRange);
  return parts.includes(null) ? null : joinRanges(parts.filter((part) => part !== null));
}

function parseRange(text: string): Range | null {
  const [begins = "", ends = "", ...more] = text.split(/\s*(?:-|–|—|\bto\b)\s*/u);
  const from = parseClock(begins);
  const to = parseEnd(ends.trim());
  return more.length === 0 && from !== null && to !== null && from < to ? { from, to } : null;
}

/** The end of a day is midnight, however it is written. */
function parseEnd(text: string): string | null {
  if (/^24(?:[:.]?00)?$/u.test(text)) return "24:00";
  const clock = parseClock(text);
  return clock === "00:00" ? "24:00" : clock;
}

/** "Monday to Friday 20:00–21:00, Sunday 08:00–20:00": days that follow each other and are alike are one. */
export function sayWeek(week: Week): string {
  return groupDays(week)
    .map(({ first, last, hours }) => `${sayDays(first, last)} ${hours}`)
    .join(", ");
}

type DayGroup = { first: number; last: number; hours: string };

function groupDays(week: Week): DayGroup[] {
  return week.reduce<DayGroup[]>((groups, ranges, day) => {
    const hours = sayRanges(ranges);
    const before = groups.at(-1);
    if (hours === "") return groups;
    if (before?.hours !== hours || before.last !== day - 1)
      return [...groups, { first: day, last: day, hours }];
    return [...groups.slice(0, -1), { ...before, last: day }];
  }, []);
}

function sayDays(first: number, last: number): string {
  if (first === 0 && last === 6) return "Every day";
  const [from, to] = [dayNames[first], dayNames[last]];
  if (from === to) return `${from}`;
  return last === first + 1 ? `${from} and ${to}` : `${from} to ${to}`;
}
