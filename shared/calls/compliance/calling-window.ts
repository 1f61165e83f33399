import { addDays, dayOf, startOfDay, utcOf, wallTimeOf } from "../../time/zone.ts";
import type { Holiday, Range, WindowRule } from "./dial-rules.ts";
import { holidayOn, weekdayOf } from "./holidays.ts";
import type { Whereabouts } from "./locate-person.ts";
import { minuteOf } from "./week.ts";

/** The rules that hold for one person, in all the zones where that person may be. */
export type Hours = { place: Whereabouts; rules: readonly WindowRule[]; holidays: readonly Holiday[] };

/** A rule that forbids calling at a moment, seen from one zone. */
export type Closure = {
  zone: string;
  rule: WindowRule;
  why: "holiday" | "closed-day" | "outside-hours";
  /** Where `why` is `holiday`. */
  holiday: string;
};

/** The rules of the regions first, as the narrower ones, and those of the country or else those for everywhere. */
export function rulesFor(
  { country, regions }: Pick<Whereabouts, "country" | "regions">,
  windows: readonly WindowRule[],
): WindowRule[] {
  const ofCountry = windows.filter(({ where }) => where === country);
  const everywhere = windows.filter(({ where }) => where === "*");
  const ofRegions = windows.filter(({ where }) => regions.includes(where));
  return [...ofRegions, ...(ofCountry.length > 0 ? ofCountry : everywhere)];
}

const minuteMs = 60_000;
/** Enough for nearly all; the rest look through more than any run of holidays and weekends. */
const fewDays = 4;
const lookAheadDays = 23;

/** Every rule that forbids calling at `atMs`, each with the first zone in which it does; empty = calls are allowed. */
export function closuresAt(hours: Hours, atMs: number): Closure[] {
  const clocks = hours.place.zones.map((zone) => readClock(zone, atMs));
  return hours.rules.flatMap((rule) => {
    for (const clock of clocks) {
      const closure = closureOf(rule, clock, hours);
      if (closure) return [closure];
    }
    return [];
  });
}

type ZoneClock = { zone: string; day: string; minute: number };

function readClock(zone: string, atMs: number): ZoneClock {
  const wall = wallTimeOf(atMs, zone);
  return {
    zone,
    day: new Date(utcOf(wall)).toISOString().slice(0, 10),
    minute: wall.hour * 60 + wall.minute,
  };
}

function closureOf(rule: WindowRule, clock: ZoneClock, { place, holidays }: Hours): Closure | undefined {
  const { zone, day, minute } = clock;
  const holiday = rule.onHolidays === "closed" ? holidayOn(day, place, holidays) : undefined;
  if (holiday) return { zone, rule, why: "holiday", holiday };
  const ranges = rule.days[weekdayOf(day)] ?? [];
  if (ranges.length === 0) return { zone, rule, why: "closed-day", holiday: "" };
  if (ranges.some((range) => holds(range, minute))) return undefined;
  return { zone, rule, why: "outside-hours", holiday: "" };
}

/**
 * The first moment from `fromMs` on at which every rule allows a call in every zone; null = not in three weeks, so
 * never.
 */
export function nextOpening(hours: Hours, fromMs: number): number | null {
  if (closuresAt(hours, fromMs).length === 0) return fromMs;
  return openingWithin(hours, fromMs, fewDays) ?? openingWithin(hours, fromMs, lookAheadDays) ?? null;
}

/** Whatever the rules forbid, they begin to allow where one of their own ranges begins. */
function openingWithin(hours: Hours, fromMs: number, days: number): number | undefined {
  const starts = hours.place.zones.flatMap((zone) =>
    hours.rules.flatMap((rule) => startsOf(rule, zone, fromMs, days)),
  );
  // Today is as good as over in some zones and has just begun in others: their last days do not all end together.
  const known = fromMs + (days - 2) * 24 * 60 * minuteMs;
  const coming = [...new Set(starts)]
    .filter((start) => start > fromMs && start < known)
    .sort((a, b) => a - b);
  return coming.find((start) => closuresAt(hours, start).length === 0);
}

/** When each range of the coming days begins. */
function startsOf(rule: WindowRule, zone: string, fromMs: number, days: number): number[] {
  const today = dayOf(fromMs, zone);
  return Array.from({ length: days }, (_, ahead) => addDays(today, ahead)).flatMap((day) =>
    (rule.days[weekdayOf(day)] ?? []).flatMap((range) => beginningsOf(range, day, zone)),
  );
}

/** Once a day; on the day when clocks are put back, a range that lies in the doubled hour begins twice. */
function beginningsOf(range: Range, day: string, zone: string): number[] {
  const fromMs = startOfDay(day, zone);
  const untilMs = startOfDay(addDays(day, 1), zone);
  if (untilMs - fromMs === 24 * 60 * minuteMs) return [fromMs + minuteOf(range.from) * minuteMs];
  const minutes = Array.from(
    { length: (untilMs - fromMs) / minuteMs },
    (_, minute) => fromMs + minute * minuteMs,
  );
  const inside = (atMs: number) => holds(range, readClock(zone, atMs).minute);
  return minutes.filter((atMs) => inside(atMs) && (atMs === fromMs || !inside(atMs - minuteMs)));
}

function holds({ from, to }: Range, minute: number): boolean {
  return minute >= minuteOf(from) && minute < minuteOf(to);
}
