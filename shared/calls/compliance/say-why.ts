import { addDays, dayOf, wallTimeOf } from "../../time/zone.ts";
import type { Closure } from "./calling-window.ts";
import type { DialFacts } from "./dial-facts.ts";
import type { CapRule, Range } from "./dial-rules.ts";
import { weekdayOf } from "./holidays.ts";

/** Why nobody may be called there now, and when again, by the clock of the called person. */
export function sayClosed(closure: Closure, atMs: number, untilMs: number | null): string {
  const { zone, rule } = closure;
  const city = cityOf(zone);
  const again =
    untilMs === null
      ? "The hours allowed in all places concerned never meet."
      : sayAgain(zone, atMs, untilMs);
  return `It is ${clockOf(atMs, zone)} in ${city}${causeOf(closure, atMs)} (${rule.source}). ${again}`;
}

export function sayListed({ since, list }: NonNullable<DialFacts["listed"]>): string {
  return `This number stands in the do-not-call list “${list}” since ${since.slice(0, 10)}.`;
}

export function sayTooMany({ max, withinHours, source }: CapRule): string {
  const times = max === 1 ? "once" : `${max} times`;
  return `Dialled ${times} within ${spanOf(withinHours)} already, which is as often as allowed (${source}).`;
}

export function sayTooSoon(minGapMinutes: number): string {
  return `The last dial was less than ${minGapMinutes} ${minGapMinutes === 1 ? "minute" : "minutes"} ago.`;
}

function causeOf({ why, holiday, rule, zone }: Closure, atMs: number): string {
  if (why === "holiday") return `, and it is ${holiday}: no calls on holidays`;
  const weekday = weekdayOf(dayOf(atMs, zone));
  if (why === "closed-day") return `: no calls on a ${weekdays[weekday]}`;
  return `: calls are allowed ${(rule.days[weekday] ?? []).map(sayRange).join(" and ")}`;
}

function sayRange({ from, to }: Range): string {
  return `from ${from} to ${to}`;
}

function sayAgain(zone: string, atMs: number, untilMs: number): string {
  const [today, day] = [dayOf(atMs, zone), dayOf(untilMs, zone)];
  const when =
    day === today
      ? "today"
      : day === addDays(today, 1)
        ? "tomorrow"
        : `on ${weekdays[weekdayOf(day)]}, ${day}`;
  return `Possible again ${when} at ${clockOf(untilMs, zone)} there.`;
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

function clockOf(atMs: number, zone: string): string {
  const { hour, minute } = wallTimeOf(atMs, zone);
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** `America/New_York` is New York to people. */
function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

function spanOf(hours: number): string {
  if (hours % 24 !== 0) return `${hours} hours`;
  return hours === 24 ? "a day" : `${hours / 24} days`;
}
