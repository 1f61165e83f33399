import {
  countLeads,
  leadBoard,
  leadPosition,
  leadsGone,
  listLeads,
  type leadRange,
} from "../../../shared/rpc/contract/leads.ts";
import { ok } from "../../../shared/result/result.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import { liveQuery, type LiveQuery } from "../live/live-query.ts";
import type { Handlers, QueryHandler } from "../../rpc/handlers.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { LeadSearch } from "../search/lead-search.ts";
import { readBoard } from "./board.ts";
import type { LeadIndex } from "./lead-index.ts";
import { readLeadRows } from "./lead-row.ts";
import { lookAtLeads, membersOf, rankLeads } from "./ranked-leads.ts";

type Contract = {
  listLeads: typeof listLeads;
  countLeads: typeof countLeads;
  leadBoard: typeof leadBoard;
  leadPosition: typeof leadPosition;
  leadRange: typeof leadRange;
  leadsGone: typeof leadsGone;
};

/** Live lists of leads: they look again when a lead or a task changes, or when the index has something new. */
export function createLeadLists(
  index: LeadIndex,
  search: LeadSearch,
  settings: TenantSettings,
): Handlers<Contract> {
  const { reads } = index.context.replica;
  const live = <Q extends Exclude<Contract[keyof Contract], typeof leadRange>>(
    query: Pick<LiveQuery<ParsedInputOf<Q>, OutputOf<Q>>, "dependsOn" | "read">,
  ): QueryHandler<Q> =>
    liveQuery<Q>({ reads }, { ...query, alsoOn: (rerun) => bothTurns(index, search, rerun) });

  return {
    listLeads: live({ dependsOn: ["leads", "tasks"], read: (input) => readList(index, search, input) }),
    countLeads: live({ dependsOn: ["leads"], read: (input) => readCounts(index, input) }),
    leadBoard: live({
      dependsOn: ["leads", "tasks"],
      read: (input) => readBoard(index, search, settings, input),
    }),
    leadPosition: live({ dependsOn: ["leads"], read: (input) => readPosition(index, search, input) }),
    leadsGone: live({ dependsOn: ["leads"], read: (input) => readGone(index, search, input) }),
    async leadRange({ from, to, ...wish }) {
      const ranked = await rankLeads(index, search, wish);
      return ok({
        ids: Array.from(ranked.slice(from, to + 1), (row) => index.context.rows.idOf(row) as RecordId),
      });
    },
  };
}

async function readList(
  index: LeadIndex,
  search: LeadSearch,
  input: ParsedInputOf<typeof listLeads>,
): Promise<OutputOf<typeof listLeads>> {
  const { total, ids } = await lookAtLeads(index, search, input);
  const rows = await readLeadRows(index.context, ids);
  index.firstList.answered();
  return { total, offset: input.offset, rows };
}

async function readCounts(
  index: LeadIndex,
  { views }: ParsedInputOf<typeof countLeads>,
): Promise<OutputOf<typeof countLeads>> {
  await index.firstList.letGoFirst();
  const built = views.map(({ filters }) => index.set(filters));
  const sets = await Promise.all(built.map(({ now, ready }) => now ?? ready));
  return { counts: Object.fromEntries(views.map(({ key }, at) => [key, sets[at]?.count() ?? 0])) };
}

async function readPosition(
  index: LeadIndex,
  search: LeadSearch,
  { filters, sort, search: text, id }: ParsedInputOf<typeof leadPosition>,
): Promise<OutputOf<typeof leadPosition>> {
  const { rows } = index.context;
  const ranked = await rankLeads(index, search, { filters, sort, search: text });
  const at = ranked.indexOf(rows.known(id) ?? -1);
  const idAt = (place: number) => {
    const row = place < 0 ? undefined : ranked.slice(place, place + 1)[0];
    return row === undefined ? null : (rows.idOf(row) as typeof id);
  };
  if (at === -1) return { index: null, total: ranked.total, previousId: null, nextId: null };
  return { index: at, total: ranked.total, previousId: idAt(at - 1), nextId: idAt(at + 1) };
}

async function readGone(
  index: LeadIndex,
  search: LeadSearch,
  { ids, ...wish }: ParsedInputOf<typeof leadsGone>,
): Promise<OutputOf<typeof leadsGone>> {
  const { rows } = index.context;
  const listed = await membersOf(index, search, wish);
  return { ids: ids.filter((id) => !listed.has(rows.known(id) ?? -1)) };
}

function bothTurns(index: LeadIndex, search: LeadSearch, rerun: () => void): () => void {
  const stops = [index.onTurn(rerun), search.onBuilt(rerun)];
  return () => {
    for (const stop of stops) stop();
  };
}
