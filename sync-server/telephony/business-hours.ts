import { sql } from "drizzle-orm";
import { Business } from "../../shared/entities/setting.ts";
import { dayOf, wallTimeOf } from "../../shared/time/zone.ts";
import { rowsOf, type Tx } from "../database/index.ts";

export type OpeningHours = Pick<Business, "timeZone" | "hours" | "holidays">;

/** Null where the tenant has not said. */
export async function readBusiness(
  tx: Tx,
  tenantId: string,
): Promise<(OpeningHours & { country: string }) | null> {
  const [row] = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = 'business' AND NOT deleted`,
  );
  return row ? Business.parse(row.doc) : null;
}

/** Whether callers are put through at this moment. A week without any hours says nothing, so it closes nothing. */
export function isOpen({ timeZone, hours, holidays }: OpeningHours, atMs: number): boolean {
  if (hours.every((day) => day === null)) return true;
  const day = dayOf(atMs, timeZone);
  if (holidays.some(({ on }) => on === day)) return false;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const today = hours[weekday];
  const { hour, minute } = wallTimeOf(atMs, timeZone);
  const clock = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
  return today !== null && today !== undefined && clock >= today.opens && clock < today.closes;
}
