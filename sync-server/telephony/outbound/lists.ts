import { sql } from "drizzle-orm";
import { belongsTo, type Members } from "../../../shared/calls/members.ts";
import type { ListClosed } from "../../../shared/calls/outbound/wire.ts";
import { CallList } from "../../../shared/entities/setting.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import { isOpen, nextOpeningOf, type OpeningHours } from "../business-hours.ts";

/** Every list in which people are called, also for what hangs on one that was archived meanwhile. */
export async function readLists(tx: Tx, tenantId: string): Promise<CallList[]> {
  const rows = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings
        WHERE tenant_id = ${tenantId} AND NOT deleted AND doc->>'kind' = 'call-list'
        ORDER BY (doc->>'order')::float8, id`,
  );
  return rows.map(({ doc }) => CallList.parse(doc));
}

/** Lists that this person works: those of theirs and of their teams, and those that are everybody's. */
export function worksList(
  person: Pick<Identity, "userId" | "teamIds">,
  list: Members & Pick<CallList, "archived">,
): boolean {
  return !list.archived && belongsTo(list, person);
}

/** Managers and admins see to every list. */
export function overseesLists({ role }: Pick<Identity, "role">): boolean {
  return role === "manager" || role === "admin";
}

/** Why nobody of a list is called now; null = people are. */
export function whyClosed(
  { paused, businessHoursOnly }: Pick<CallList, "paused" | "businessHoursOnly">,
  business: OpeningHours | null,
  nowMs: number,
): ListClosed | null {
  if (paused) return { why: "paused", until: null };
  if (!businessHoursOnly || business === null || isOpen(business, nowMs)) return null;
  const opensMs = nextOpeningOf(business, nowMs);
  return { why: "business-hours", until: opensMs === null ? null : new Date(opensMs).toISOString() };
}
