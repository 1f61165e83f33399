import { signDays } from "../../../shared/assistant/recommend/signs.ts";
import type { Filter } from "../../../shared/entities/setting.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { LeadIndex } from "./lead-index.ts";

/**
 * This person's leads that came lately and of whom no contact is noted, the newest first: calls and letters are not
 * looked at. Whoever came with an import is called as a list.
 */
export async function readNewLeads(
  index: LeadIndex,
  settings: Pick<TenantSettings, "stages">,
  most: number,
): Promise<string[]> {
  await index.firstList.letGoFirst();
  await index.context.ready;
  const closed = settings.stages("leads").filter(({ outcome }) => outcome !== "open");
  const filters: Filter[] = [
    { field: "ownerId", op: "is", values: ["me"] },
    { field: "stage", op: "is-not", values: closed.map(({ key }) => key) },
    { field: "createdAt", op: "within-days", values: [signDays.newLead] },
    { field: "lastContactAt", op: "empty", values: [] },
    { field: "importId", op: "empty", values: [] },
  ];
  const built = index.order(filters, { field: "createdAt", direction: "desc" });
  const order = built.now ?? (await built.ready);
  return Array.from(order.slice(0, most), index.context.rows.idOf);
}
