import type { leadBoard } from "../../../shared/rpc/contract/leads.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { LeadSearch } from "../search/lead-search.ts";
import type { LeadIndex } from "./lead-index.ts";
import type { LeadOrder } from "./lead-order.ts";
import { stageOfBoardKey } from "./lead-orders.ts";
import { readLeadRows } from "./lead-row.ts";

type Column = { stage: string; total: number; ids: string[] };

/**
 * The stages of the pipeline with their hottest leads. Leads whose stage is archived or unknown get a column of
 * their own behind the others: nobody's lead vanishes because somebody renamed a stage.
 */
export async function readBoard(
  index: LeadIndex,
  search: LeadSearch,
  settings: TenantSettings,
  { filters, search: text, perStage }: ParsedInputOf<typeof leadBoard>,
): Promise<OutputOf<typeof leadBoard>> {
  const built = index.order(filters, { field: "board", direction: "asc" });
  const order = built.now ?? (await built.ready);
  const wanted = text.trim() === "" ? null : new Set(await search.rank(text));
  const columns = inPipelineOrder(columnsOf(order, wanted, perStage, index.context.rows.idOf), settings);
  const rows = await readLeadRows(
    index.context,
    columns.flatMap(({ ids }) => ids),
  );
  const byId = new Map(rows.map((row) => [row.id as string, row]));
  return {
    stages: columns.map(({ stage, total, ids }) => ({
      stage,
      total,
      rows: ids.flatMap((id) => byId.get(id) ?? []),
    })),
  };
}

/** The order groups by stage: each group's end is found by halving. */
function columnsOf(
  order: LeadOrder,
  wanted: ReadonlySet<number> | null,
  perStage: number,
  idOf: (row: number) => string,
): Column[] {
  const columns: Column[] = [];
  for (let start = 0; start < order.length();) {
    const stage = stageOfBoardKey(order.keyAt(start));
    const end = endOfStage(order, start, stage);
    const rows = order.slice(start, wanted ? end : Math.min(end, start + perStage));
    const shown = wanted ? rows.filter((row) => wanted.has(row)) : rows;
    const total = wanted ? shown.length : end - start;
    columns.push({ stage, total, ids: Array.from(shown.subarray(0, perStage), idOf) });
    start = end;
  }
  return columns;
}

function endOfStage(order: LeadOrder, start: number, stage: string): number {
  let low = start;
  let high = order.length();
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (stageOfBoardKey(order.keyAt(middle)) === stage) low = middle + 1;
    else high = middle;
  }
  return low;
}

function inPipelineOrder(found: readonly Column[], settings: TenantSettings): Column[] {
  const byStage = new Map(found.map((column) => [column.stage, column]));
  const open = settings.stages("leads").filter(({ archived }) => !archived);
  const known = open.map(({ key }) => byStage.get(key) ?? { stage: key, total: 0, ids: [] });
  const keys = new Set(open.map(({ key }) => key));
  return [...known, ...found.filter(({ stage, total }) => total > 0 && !keys.has(stage))];
}
