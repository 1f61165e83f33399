import { addDays, dayOf, instantOfWall, wallTimeOf } from "../../../../shared/time/zone.ts";

export type LaterChoice = { label: string; at: string };

const minuteMs = 60_000;
const morning = 10;

/** When somebody may be called instead of now; mornings are those of where they are. */
export function laterChoices(zone: string, now: Date): LaterChoice[] {
  const nowMs = now.getTime();
  const today = dayOf(nowMs, zone);
  const monday = addDays(today, daysToMonday(today));
  const tomorrow = addDays(today, 1);
  return [
    { label: "In an hour", at: iso(nowMs + 60 * minuteMs) },
    { label: "In three hours", at: iso(nowMs + 180 * minuteMs) },
    { label: "Tomorrow morning there", at: iso(morningOf(tomorrow, zone)) },
    ...(monday === tomorrow ? [] : [{ label: "Monday morning there", at: iso(morningOf(monday, zone)) }]),
  ];
}

function daysToMonday(day: string): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return (8 - weekday) % 7 || 7;
}

function morningOf(day: string, zone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const { year, month, day: date } = wallTimeOf(noon, "UTC");
  return instantOfWall({ year, month, day: date, hour: morning, minute: 0, second: 0 }, zone);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
