import type { Instant } from "../../shared/entities/fields.ts";

/** Instants around one `now`, in the calendar of a tenant's time zone. */
export type Calendar = {
  nowMs: number;
  now: Instant;
  /** `minutes` before now. */
  minutesAgo(minutes: number): Instant;
  /** Later today: `minutes` from now in steps of five, but never past the day's last quarter of an hour. */
  laterToday(minutes: number): Instant;
  /** `HH:MM` on the day that is `days` away; a day at the weekend moves to the Monday after it (before: the Friday). */
  workdayAt(days: number, time: string): Instant;
  /** The day of `workdayAt`, YYYY-MM-DD. */
  workday(days: number): string;
  /** YYYY-MM-DD, `days` away. */
  day(days: number): string;
};

export const dayMs = 86_400_000;
const minuteMs = 60_000;

export function calendarAt(now: Instant, timeZone: string): Calendar {
  const nowMs = Date.parse(now);
  const toLocal = localClock(timeZone);
  const today = Date.parse(`${toLocal(nowMs).slice(0, 10)}T00:00:00Z`);
  const noons = new Map<number, number>();
  // Noon is found once a day: exact at all hours that people call at, also on days when clocks change.
  const noonOf = (day: number) => {
    const known = noons.get(day) ?? fromLocal(dayText(today + day * dayMs), "12:00", toLocal);
    noons.set(day, known);
    return known;
  };
  const instantAt = (day: number, time: string) =>
    toInstant(noonOf(day) + (minutesOf(time) - 720) * minuteMs);
  return {
    nowMs,
    now,
    minutesAgo: (minutes) => toInstant(nowMs - minutes * minuteMs),
    laterToday: (minutes) => {
      const wanted = Math.round((nowMs + minutes * minuteMs) / (5 * minuteMs)) * 5 * minuteMs;
      return toInstant(Math.min(wanted, Date.parse(instantAt(0, "23:45"))));
    },
    workdayAt: (days, time) => instantAt(onWorkday(today, days), time),
    workday: (days) => dayText(today + onWorkday(today, days) * dayMs),
    day: (days) => dayText(today + days * dayMs),
  };
}

export function toInstant(ms: number): Instant {
  return new Date(ms).toISOString();
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function onWorkday(today: number, days: number): number {
  const weekday = new Date(today + days * dayMs).getUTCDay();
  if (weekday === 6) return days + (days < 0 ? -1 : 2);
  if (weekday === 0) return days + (days < 0 ? -2 : 1);
  return days;
}

/** YYYY-MM-DDTHH:MM as a clock on the wall there shows it. */
function localClock(timeZone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (ms) => format.format(ms).replace(" ", "T");
}

function fromLocal(day: string, time: string, toLocal: (ms: number) => string): number {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  return asUtc - (Date.parse(`${toLocal(asUtc)}:00Z`) - asUtc);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
