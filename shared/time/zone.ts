/** Wall clocks of IANA zones, through Intl alone. A zone that Intl does not know counts as UTC. */

export type WallTime = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** What clocks in `zone` show at `instantMs`. Months count from 1. */
export function wallTimeOf(instantMs: number, zone: string): WallTime {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instantMs)) parts[type] = Number(value);
  const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/**
 * The instant at which clocks in `zone` show `wall`. Of a time that comes twice, the first; a time that daylight
 * saving skips becomes the one an hour later.
 */
export function instantOfWall(wall: WallTime, zone: string): number {
  const wanted = utcOf(wall);
  const before = wanted - offsetOf(wanted - 86_400_000, zone);
  if (utcOf(wallTimeOf(before, zone)) === wanted) return before;
  const after = wanted - offsetOf(wanted + 86_400_000, zone);
  return utcOf(wallTimeOf(after, zone)) === wanted ? after : before;
}

/** The day in `zone`, YYYY-MM-DD. */
export function dayOf(instantMs: number, zone: string): string {
  return new Date(utcOf(wallTimeOf(instantMs, zone))).toISOString().slice(0, 10);
}

/** The instant at which `day` (YYYY-MM-DD) begins in `zone`, in milliseconds. */
export function startOfDay(day: string, zone: string): number {
  return instantOn(day, "00:00", zone);
}

/** Noon of `day` (YYYY-MM-DD) in `zone`, in milliseconds. */
export function noonOf(day: string, zone: string): number {
  return instantOn(day, "12:00", zone);
}

/** The instant at which clocks in `zone` show `at` (HH:MM) on `day` (YYYY-MM-DD), in milliseconds. */
export function instantOn(day: string, at: string, zone: string): number {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  return instantOfWall({ year, month, day: date, hour, minute, second: 0 }, zone);
}

/** `days` later in the calendar; may be negative. */
export function addDays(day: string, days: number): string {
  const at = Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000;
  return new Date(at).toISOString().slice(0, 10);
}

/** The wall clock read as if it were UTC, in milliseconds: calendar arithmetic without a zone. */
export function utcOf({ year, month, day, hour, minute, second }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function offsetOf(instantMs: number, zone: string): number {
  return utcOf(wallTimeOf(instantMs, zone)) - Math.floor(instantMs / 1000) * 1000;
}

/** Whether Intl knows it by that name. Offsets such as "+05:30" are none: databases read them the other way round. */
export function isZone(name: string): boolean {
  if (!/^[a-z]/iu.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).format();
    return true;
  } catch {
    return false;
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) formats.set(zone, (format = createFormat(zone)));
  return format;
}

function createFormat(zone: string): Intl.DateTimeFormat {
  const options = {
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" });
  }
}
