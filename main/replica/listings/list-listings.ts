import type { Listing } from "../../../shared/entities/listing.ts";
import type { listListings } from "../../../shared/rpc/contract/work.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { CustomField, Filter } from "../../../shared/entities/setting.ts";
import { leadFieldKind, type FieldKind } from "../../../shared/leads/lead-fields.ts";
import { planFilters, type PlannedFilter } from "../../../shared/leads/plan-filters.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { dayOf } from "../../../shared/time/zone.ts";
import { filterSql, orderSql } from "../leads/filter-sql.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import { liveQuery } from "../live/live-query.ts";
import { createParameters } from "../live/parameters.ts";
import { recordSql } from "../live/read-records.ts";
import { searchSql } from "../live/search-sql.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Reads, Replica } from "../replica.ts";

const searched = ["title", "address", "city", "type", "description"].map((field) => `doc->>'${field}'`);
const texts = new Set(["title", "address", "city", "type", "updatedAt"]);

/** Whatever the tenant sells, a page at a time. */
export function createListListings(
  { reads, me }: Pick<Replica, "reads" | "me">,
  settings: TenantSettings,
  clock: LocalClock,
): QueryHandler<typeof listListings> {
  const plan = (filters: readonly Filter[]) =>
    planFilters(filters, {
      me: me.userId,
      today: dayOf(clock.now(), clock.zone()),
      zone: clock.zone(),
      fields: settings.fields("listings"),
    });
  return liveQuery<typeof listListings>(
    { reads },
    {
      dependsOn: ["listings", "settings"],
      async read(input) {
        await settings.ready;
        const kind = orderKind(input.sort.field, settings.fields("listings"));
        return readListings(reads, { ...input, plan: plan(input.filters), kind });
      },
    },
  );
}

/** Null: a field that there is not any more, or one that has no order; listings then stand by their ids. */
function orderKind(field: string, own: ReadonlyMap<string, CustomField>): FieldKind | null {
  if (!field.startsWith("custom.")) return texts.has(field) ? "text" : "number";
  const kind = leadFieldKind(field, own);
  return kind === "list" ? null : kind;
}

type Wish = ParsedInputOf<typeof listListings> & {
  plan: readonly PlannedFilter[];
  kind: FieldKind | null;
};

async function readListings(
  reads: Reads,
  { search, status, plan, sort, kind, offset, limit }: Wish,
): Promise<OutputOf<typeof listListings>> {
  const parameters = createParameters();
  const ofStatus = status === "all" ? "true" : `doc->>'status' = ${parameters.add(status)}`;
  const where = `not deleted and ${ofStatus} and ${filterSql(plan, parameters)} and ${searchSql(search, searched, parameters)}`;
  const [counted] = await reads.sql<{ total: number }>(
    `select count(*)::int as total from ${reads.table("listings")} where ${where}`,
    parameters.values,
  );
  const order = kind === null ? "null::text" : orderSql(sort.field, kind);
  const rows = await reads.sql<{ doc: Listing }>(
    `select ${recordSql} as doc from ${reads.table("listings")} where ${where}
     order by ${order} ${sort.direction === "desc" ? "desc" : "asc"} nulls last, id
     limit ${parameters.add(limit)} offset ${parameters.add(offset)}`,
    parameters.values,
  );
  return { total: counted?.total ?? 0, rows: rows.map(({ doc }) => doc) };
}
