import fc from "fast-check";
import { expect, test } from "vitest";
import type { Range } from "./dial-rules.ts";
import { isEmptyWeek, joinRanges, meetWeeks, minuteOf, withoutWeek, type Week } from "./week.ts";

const range = (text: string): Range => ({ from: text.slice(0, 5), to: text.slice(6) });
const day = (...texts: string[]) => texts.map(range);
const week = (monday: readonly Range[]): Week => [monday, [], [], [], [], [], []];

test("ranges that meet or overlap are one, in order", () => {
  expect(joinRanges(day("14:00-20:00", "09:00-12:00", "12:00-13:00", "10:00-11:00"))).toEqual(
    day("09:00-13:00", "14:00-20:00"),
  );
});

test("what is left of a day without another one", () => {
  const [left] = withoutWeek(week(day("08:00-21:00")), week(day("09:00-12:00", "13:00-20:00")));
  expect(left).toEqual(day("08:00-09:00", "12:00-13:00", "20:00-21:00"));
  expect(isEmptyWeek(withoutWeek(week(day("09:00-10:00")), week(day("00:00-24:00"))))).toBe(true);
});

const minutes = fc.integer({ min: 0, max: 1_440 });
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
const ranges = fc.array(
  fc
    .tuple(minutes, minutes)
    .filter(([from, to]) => from < to)
    .map(([from, to]) => ({ from: clock(from), to: clock(to) })),
  { maxLength: 5 },
);
const holds = (hours: readonly Range[] | undefined, minute: number) =>
  (hours ?? []).some(({ from, to }) => minute >= minuteOf(from) && minute < minuteOf(to));

test("minute by minute, joining keeps a day, meeting is both and leaving out is one without the other", () => {
  fc.assert(
    fc.property(ranges, ranges, fc.integer({ min: 0, max: 1_439 }), (some, others, minute) => {
      const [a, b] = [holds(some, minute), holds(others, minute)];
      expect(holds(joinRanges(some), minute)).toBe(a);
      expect(holds(meetWeeks([week(some), week(others)])[0], minute)).toBe(a && b);
      expect(holds(withoutWeek(week(some), week(others))[0], minute)).toBe(a && !b);
    }),
  );
});
