import type { Range } from "./dial-rules.ts";

/** A week of hours, Monday first. */
export type Week = readonly (readonly Range[])[];

/** In order, each minute once; ranges that meet are one. */
export function joinRanges(ranges: readonly Range[]): Range[] {
  const inOrder = ranges.toSorted((a, b) => a.from.localeCompare(b.from));
  return inOrder.reduce<Range[]>((joined, range) => {
    const last = joined.at(-1);
    if (last === undefined || range.from > last.to) return [...joined, range];
    return [...joined.slice(0, -1), { from: last.from, to: laterOf(last.to, range.to) }];
  }, []);
}

/** What is in all of these weeks. */
export function meetWeeks(weeks: readonly Week[]): Range[][] {
  return everyDay((day) => weeks.map((week) => week[day] ?? []).reduce<Range[]>(meetRanges, [wholeDay]));
}

/** What is in `week` and not in `other`. */
export function withoutWeek(week: Week, other: Week): Range[][] {
  return everyDay((day) => meetRanges(joinRanges(week[day] ?? []), gapsOf(joinRanges(other[day] ?? []))));
}

export function isEmptyWeek(week: Week): boolean {
  return week.every((day) => day.length === 0);
}

/** Minutes since midnight; 1,440 is the end of the day. @param wallTime `HH:MM`, `24:00` included */
export function minuteOf(wallTime: string): number {
  const [hours = 0, minutes = 0] = wallTime.split(":").map(Number);
  return hours * 60 + minutes;
}

// Wall times of two digits each are in order as texts.
const wholeDay: Range = { from: "00:00", to: "24:00" };

function meetRanges(some: readonly Range[], others: readonly Range[]): Range[] {
  const met = some.flatMap((one) =>
    others.map((other) => ({ from: laterOf(one.from, other.from), to: earlierOf(one.to, other.to) })),
  );
  return met.filter(({ from, to }) => from < to);
}

/** @param ranges in order */
function gapsOf(ranges: readonly Range[]): Range[] {
  const starts = ["00:00", ...ranges.map(({ to }) => to)];
  const ends = [...ranges.map(({ from }) => from), "24:00"];
  return starts
    .map((from, index) => ({ from, to: ends[index] ?? "24:00" }))
    .filter(({ from, to }) => from < to);
}

function everyDay(hours: (day: number) => Range[]): Range[][] {
  return Array.from({ length: 7 }, (_, day) => hours(day));
}

function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}

function earlierOf(a: string, b: string): string {
  return a < b ? a : b;
}
