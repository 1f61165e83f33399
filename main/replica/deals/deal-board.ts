import type { Deal } from "../../../shared/entities/deal.ts";
import type { dealBoard, DealRow } from "../../../shared/rpc/contract/work.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import { liveQuery } from "../live/live-query.ts";
import { createParameters } from "../live/parameters.ts";
import { recordSql } from "../live/read-records.ts";
import { searchSql } from "../live/search-sql.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Replica } from "../replica.ts";
import { changesNames } from "../tasks/task-lists.ts";

type Board = OutputOf<typeof dealBoard>;
type Sums = { stage: string; currency: string; total: number; value: number };

/** The pipeline of deals with sums; deals in archived or unknown stages get a column behind the others. */
export function createDealBoard(replica: Replica, settings: TenantSettings): QueryHandler<typeof dealBoard> {
  return liveQuery<typeof dealBoard>(
    { reads: replica.reads },
    {
      dependsOn: ["deals", "leads", "listings", "settings"],
      affects: (change) => change.collection !== "leads" || changesNames(change),
      read: (input) => readBoard(replica, settings, input),
    },
  );
}

async function readBoard(
  replica: Replica,
  settings: TenantSettings,
  { owner, search, perStage }: ParsedInputOf<typeof dealBoard>,
): Promise<Board> {
  await settings.ready;
  const { reads, me } = replica;
  const parameters = createParameters();
  const ownerId = owner === "me" ? me.userId : owner;
  const mine = ownerId === null ? "true" : `doc->>'ownerId' = ${parameters.add(ownerId)}`;
  const where = `not deleted and ${mine} and ${searchSql(search, ["doc->>'name'", "doc->>'notes'"], parameters)}`;
  const sums = await reads.sql<Sums>(
    `select doc->>'stage' as stage, doc->>'currency' as currency, count(*)::int as total,
       coalesce(sum((doc->>'value')::numeric), 0)::float8 as value
     from ${reads.table("deals")} where ${where} group by 1, 2`,
    parameters.values,
  );
  const rows = await reads.sql<{ doc: Deal }>(
    `select doc from (
       select ${recordSql} as doc, row_number() over (partition by doc->>'stage'
         order by doc->>'expectedCloseOn' asc nulls last, (doc->>'value')::numeric desc nulls last, id) as place
       from ${reads.table("deals")} where ${where}
     ) ranked where place <= ${parameters.add(perStage)} order by place`,
    parameters.values,
  );
  const deals = await toDealRows(
    replica,
    rows.map(({ doc }) => doc),
  );
  return { stages: stageKeys(sums, settings).map((stage) => columnOf(stage, sums, deals)) };
}

function columnOf(stage: string, sums: readonly Sums[], deals: readonly DealRow[]): Board["stages"][number] {
  const own = sums.filter((sum) => sum.stage === stage);
  return {
    stage,
    total: own.reduce((total, sum) => total + sum.total, 0),
    value: Object.fromEntries(own.map(({ currency, value }) => [currency, value])),
    rows: deals.filter((deal) => deal.stage === stage),
  };
}

function stageKeys(sums: readonly Sums[], settings: TenantSettings): string[] {
  const open = settings.stages("deals").filter(({ archived }) => !archived);
  const found = sums.map(({ stage }) => stage).sort();
  return [...new Set([...open.map(({ key }) => key as string), ...found])];
}

async function toDealRows({ reads, edits }: Replica, deals: readonly Deal[]): Promise<DealRow[]> {
  const leads = await reads.getAll(
    "leads",
    deals.flatMap(({ leadId }) => leadId ?? []),
  );
  const listings = await reads.getAll(
    "listings",
    deals.flatMap(({ listingId }) => listingId ?? []),
  );
  return deals.map((deal) => ({
    ...deal,
    leadName: (deal.leadId && leads.get(deal.leadId)?.name) ?? null,
    listingTitle: (deal.listingId && listings.get(deal.listingId)?.title) ?? null,
    waiting: edits.waitingFields("deals", deal.id).length > 0,
  }));
}
