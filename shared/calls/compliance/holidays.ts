import { addDays } from "../../time/zone.ts";
import type { Holiday } from "./dial-rules.ts";
import { holdsFor, type Whereabouts } from "./locate-person.ts";

/**
 * The name of the holiday that `day` is there, or undefined. For the United States the federal holidays (5 U.S.C.
 * § 6103) count by themselves, both on their day and on the day on which they are observed.
 * @param day YYYY-MM-DD
 */
export function holidayOn(
  day: string,
  place: Pick<Whereabouts, "country" | "regions">,
  added: readonly Holiday[],
): string | undefined {
  const own = added.find(({ on, where }) => on === day && holdsFor(where, place));
  if (own) return own.name;
  return place.country === "US" ? federalHoliday(day) : undefined;
}

function federalHoliday(day: string): string | undefined {
  const weekday = weekdayOf(day);
  const [, month = 0, date = 0] = day.split("-").map(Number);
  const moving = movingHolidays.find(
    (one) =>
      one.month === month && one.weekday === weekday && (one.nth === Math.ceil(date / 7) || isLast(one, day)),
  );
  return moving?.name ?? fixedHolidays[day.slice(5)] ?? observed(day, weekday);
}

/** A holiday on a Saturday is kept on Friday, one on a Sunday on Monday. */
function observed(day: string, weekday: number): string | undefined {
  const real = weekday === 4 ? addDays(day, 1) : weekday === 0 ? addDays(day, -1) : undefined;
  const name = real && fixedHolidays[real.slice(5)];
  return name && `${name}, observed`;
}

/** 0 = Monday, as in the rules. */
export function weekdayOf(day: string): number {
  return (new Date(`${day}T00:00:00.000Z`).getUTCDay() + 6) % 7;
}

const fixedHolidays: Readonly<Record<string, string>> = {
  "01-01": "New Year’s Day",
  "06-19": "Juneteenth",
  "07-04": "Independence Day",
  "11-11": "Veterans Day",
  "12-25": "Christmas Day",
};

type MovingHoliday = { name: string; month: number; weekday: number; nth: number | "last" };
const movingHolidays: readonly MovingHoliday[] = [
  { name: "Martin Luther King Jr. Day", month: 1, weekday: 0, nth: 3 },
  { name: "Washington’s Birthday", month: 2, weekday: 0, nth: 3 },
  { name: "Memorial Day", month: 5, weekday: 0, nth: "last" },
  { name: "Labor Day", month: 9, weekday: 0, nth: 1 },
  { name: "Columbus Day", month: 10, weekday: 0, nth: 2 },
  { name: "Thanksgiving", month: 11, weekday: 3, nth: 4 },
];

function isLast({ nth }: MovingHoliday, day: string): boolean {
  return nth === "last" && addDays(day, 7).slice(5, 7) !== day.slice(5, 7);
}
