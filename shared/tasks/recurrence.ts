import * as rrule from "rrule";
import type { Options } from "rrule";
import { instantOfWall, utcOf, wallTimeOf } from "../time/zone.ts";

/** The package is CommonJS to Node, which sees a default export, and a module with named exports to bundlers. */
const { RRule } = ("default" in rrule ? rrule.default : rrule) as typeof rrule;

/** The occurrence that follows, and what is left of the rule from there. */
export type NextOccurrence = { dueAtMs: number; recurrence: string };

/** A rule is asked for no more occurrences than this to catch up with the calendar: about 27 years of days. */
const mostSteps = 10_000;

/**
 * The first occurrence after `dueAtMs` that is not past already, in the tenant's wall clock: daily at nine stays at
 * nine when clocks change. A rule with COUNT counts `dueAtMs` as its first occurrence, and those that were missed.
 * @param recurrence RFC 5545 RRULE without DTSTART; empty = happens once
 * @returns null where nothing follows, or where the rule cannot be read
 */
export function nextOccurrence(
  recurrence: string,
  dueAtMs: number,
  nowMs: number,
  zone: string,
): NextOccurrence | null {
  const options = parseRule(recurrence);
  if (!options) return null;
  const start = new Date(utcOf(wallTimeOf(dueAtMs, zone)));
  const now = utcOf(wallTimeOf(nowMs, zone));
  const until = options.until ? { until: wallDate(options.until, zone) } : {};
  const rule = new RRule({ ...options, ...until, dtstart: start });
  let step = 0;
  let found: Date | null = null;
  rule.all((occurrence) => {
    // The rule's own start need not fit the rule; it counts as done either way.
    if (occurrence.getTime() <= start.getTime()) return true;
    step += 1;
    if (occurrence.getTime() >= now) found = occurrence;
    return found === null && step < mostSteps;
  });
  if (found === null) return null;
  const left = options.count ? options.count - step : null;
  if (left !== null && left < 1) return null;
  return { dueAtMs: instantOfWall(wallOf(found), zone), recurrence: withCount(recurrence, left) };
}

/** Whether a rule can be read at all: for forms. */
export function isRecurrence(recurrence: string): boolean {
  return recurrence === "" || parseRule(recurrence) !== null;
}

function parseRule(recurrence: string): Partial<Options> | null {
  if (recurrence.trim() === "") return null;
  try {
    const options = RRule.parseString(recurrence);
    return options.freq === undefined || options.dtstart ? null : options;
  } catch {
    return null;
  }
}

/** UNTIL is an instant in UTC; the rule is worked out on wall clocks. */
function wallDate(instant: Date, zone: string): Date {
  return new Date(utcOf(wallTimeOf(instant.getTime(), zone)));
}

function wallOf(date: Date): Parameters<typeof instantOfWall>[0] {
  return wallTimeOf(date.getTime(), "UTC");
}

function withCount(recurrence: string, left: number | null): string {
  return left === null ? recurrence : recurrence.replace(/COUNT=\d+/iu, `COUNT=${left}`);
}
