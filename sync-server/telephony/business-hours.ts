import { sql } from "drizzle-orm";
import { Business } from "../../shared/entities/setting.ts";
import { addDays, dayOf, instantOfWall, wallTimeOf } from "../../shared/time/zone.ts";
import { rowsOf, type Tx } from "../database/index.ts";

export type OpeningHours = Pick<Business, "timeZone" | "hours" | "holidays">;

/** Null where the tenant has not said. */
export async function readBusiness(
  tx: Tx,
  tenantId: string,
): Promise<(OpeningHours & Pick<Business, "country" | "name">) | null> {
  const [row] = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = 'business' AND NOT deleted`,
  );
  return row ? Business.parse(row.doc) : null;
}

/** ISO 3166: of numbers that are written without one. */
export function countryOf(business: Pick<Business, "country"> | null): string {
  return business?.country ?? "US";
}

/** Whether callers are put through at this moment. A week without any hours says nothing, so it closes nothing. */
export function isOpen(business: OpeningHours, atMs: number): boolean {
  if (business.hours.every((day) => day === null)) return true;
  const day = dayOf(atMs, business.timeZone);
  const [today, yesterday] = [hoursOn(business, day), hoursOn(business, addDays(day, -1))];
  const { hour, minute } = wallTimeOf(atMs, business.timeZone);
  const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  const isOpenToday = today !== null && clock >= today.opens && (isOvernight(today) || clock < today.closes);
  return isOpenToday || (yesterday !== null && isOvernight(yesterday) && clock < yesterday.closes);
}

/** Into the next day, also into one that is closed or a holiday. */
function isOvernight({ opens, closes }: NonNullable<Business["hours"][number]>): boolean {
  return closes <= opens;
}

/** Holidays never fill more days in a row. */
const lookAheadDays = 60;

/** When it opens next after a moment at which it is closed, in milliseconds; null = not within two months. */
export function nextOpeningOf(business: OpeningHours, atMs: number): number | null {
  const { timeZone } = business;
  const today = dayOf(atMs, timeZone);
  for (let ahead = 0; ahead <= lookAheadDays; ahead += 1) {
    const day = addDays(today, ahead);
    const hours = hoursOn(business, day);
    const opensMs = hours && instantOfDay(day, hours.opens, timeZone);
    if (opensMs !== null && opensMs > atMs) return opensMs;
  }
  return null;
}

/** @param day in the business's calendar, YYYY-MM-DD */
function hoursOn({ hours, holidays }: OpeningHours, day: string): Business["hours"][number] {
  if (holidays.some(({ on }) => on === day)) return null;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return hours[weekday] ?? null;
}

function instantOfDay(day: string, clock: string, timeZone: string): number {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return instantOfWall({ year, month, day: date, hour, minute, second: 0 }, timeZone);
}
