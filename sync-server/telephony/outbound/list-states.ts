import { sql } from "drizzle-orm";
import type {
  CallListState,
  EntriesQuery,
  ListedEntries,
  ListedEntry,
  ListWorker,
} from "../../../shared/calls/outbound/wire.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { keysOf } from "../../../shared/sync/audience.ts";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import { readBusiness } from "../business-hours.ts";
import { overseesLists, readLists, whyClosed, worksList } from "./lists.ts";
import { inTurn } from "./in-turn.ts";
import { readRows } from "./rows.ts";

/**
 * Counts are good for so long. A list may hold a hundred thousand people, and everybody who watches one asks every ten
 * seconds: they are counted once for all who ask, by who may see them.
 */
const countedMs = 5_000;

export type ListStates = {
  /** Every list that this person works or oversees, with those people in it whom they may see. */
  read(tx: Tx, identity: Identity, now: Date): Promise<CallListState[]>;
  /** Something was changed here: whoever did it looks next. */
  forget(tenantId: string): void;
};

export function createListStates(): ListStates {
  const kept = new Map<string, { untilMs: number; counted: Promise<Counted[]> }>();
  const recount = (tx: Tx, tenantId: string, now: Date): Promise<Counted[]> => {
    const counted = count(tx, tenantId, now);
    const entry = { untilMs: now.getTime() + countedMs, counted };
    kept.set(tenantId, entry);
    counted.catch(() => kept.get(tenantId) === entry && kept.delete(tenantId));
    return counted;
  };
  const countsAt = (tx: Tx, tenantId: string, now: Date): Promise<Counted[]> => {
    const known = kept.get(tenantId);
    if (!known || known.untilMs <= now.getTime()) return recount(tx, tenantId, now);
    // Somebody else's transaction counted, and may have failed of something of its own.
    return known.counted.catch(() => recount(tx, tenantId, now));
  };
  return {
    read: async (tx, identity, now) =>
      readStates(tx, identity, now, await countsAt(tx, identity.tenantId, now)),
    forget: (tenantId) => void kept.delete(tenantId),
  };
}

async function readStates(
  tx: Tx,
  identity: Identity,
  now: Date,
  counted: readonly Counted[],
): Promise<CallListState[]> {
  const { tenantId } = identity;
  const business = await readBusiness(tx, tenantId);
  const lists = (await readLists(tx, tenantId)).filter(
    (list) => !list.archived && (overseesLists(identity) || worksList(identity, list)),
  );
  const keys = new Set<string>(keysOf(identity));
  const seen = Map.groupBy(
    counted.filter(({ audience }) => audience.some((key) => keys.has(key))),
    ({ key }) => key,
  );
  const workers = Map.groupBy(await readWorkers(tx, identity, now), ({ list }) => list);
  return lists.map(
    (list) =>
      ({
        ...about(list),
        closed: whyClosed(list, business, now.getTime()),
        ...sumOf(seen.get(list.key) ?? []),
        working: (workers.get(list.key) ?? []).map(({ list: _list, ...worker }) => worker),
      }) as CallListState,
  );
}

function about({ key, label, mode, priority }: CallList) {
  return { key, label, mode, priority };
}

/** People of a list who may be seen by the same others. */
type Counted = {
  key: string;
  audience: string[];
  next_at: string | null;
  called: number;
  reached_lately: number;
} & CallListState["counts"];

/** What is seen of entries by whom: people of their own. */
function seenBy(identity: Identity) {
  return sql`FROM call_list_entries e JOIN leads l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id
      AND NOT l.deleted AND l.audience && ${sql.param(keysOf(identity))}::text[]
    WHERE e.tenant_id = ${identity.tenantId}`;
}

function count(tx: Tx, tenantId: string, now: Date): Promise<Counted[]> {
  const at = now.toISOString();
  const dayAgo = new Date(now.getTime() - 86_400_000).toISOString();
  const isHeld = sql`(e.state = 'reserved' AND e.reserved_until > ${at})`;
  const isWaiting = sql`(e.state = 'waiting' OR e.state = 'reserved' AND e.reserved_until <= ${at})`;
  const isLater = sql`coalesce(e.not_before > ${at}, false)`;
  return rowsOf<Counted>(
    tx,
    sql`SELECT e.list_key AS key, to_jsonb(l.audience) AS audience,
          (count(*) FILTER (WHERE ${isWaiting} AND NOT ${isLater}))::int AS due,
          (count(*) FILTER (WHERE ${isWaiting} AND ${isLater}))::int AS later,
          (count(*) FILTER (WHERE ${isHeld}))::int AS reserved,
          (count(*) FILTER (WHERE e.state = 'calling'))::int AS calling,
          (count(*) FILTER (WHERE e.done_why = 'reached'))::int AS reached,
          (count(*) FILTER (WHERE e.done_why = 'attempts'))::int AS attempts,
          (count(*) FILTER (WHERE e.done_why = 'blocked'))::int AS blocked,
          (count(*) FILTER (WHERE e.done_why = 'removed'))::int AS removed,
          ${isoText(sql`min(e.not_before) FILTER (WHERE ${isWaiting} AND ${isLater})`)} AS next_at,
          (count(*) FILTER (WHERE e.last_at > ${dayAgo}))::int AS called,
          (count(*) FILTER (WHERE e.last_at > ${dayAgo} AND e.last_outcome = 'reached'))::int AS reached_lately
        FROM call_list_entries e JOIN leads l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id AND NOT l.deleted
        WHERE e.tenant_id = ${tenantId} GROUP BY e.list_key, l.audience`,
  );
}

function sumOf(rows: readonly Counted[]): Pick<CallListState, "counts" | "nextAt" | "lastDay"> {
  const total = (of: (row: Counted) => number) => rows.reduce((sum, row) => sum + of(row), 0);
  const counts = Object.fromEntries(countNames.map((name) => [name, total((row) => row[name])]));
  return {
    counts: counts as CallListState["counts"],
    nextAt: rows.flatMap(({ next_at }) => next_at ?? []).toSorted()[0] ?? null,
    lastDay: { called: total(({ called }) => called), reached: total((row) => row.reached_lately) },
  };
}

const countNames = [
  "due",
  "later",
  "reserved",
  "calling",
  "reached",
  "attempts",
  "blocked",
  "removed",
] as const satisfies (keyof CallListState["counts"])[];

function readWorkers(tx: Tx, identity: Identity, now: Date): Promise<(ListWorker & { list: string })[]> {
  return rowsOf<ListWorker & { list: string }>(
    tx,
    sql`SELECT e.list_key AS list, e.agent_id AS "userId", e.lead_id AS "leadId", l.doc->>'name' AS "leadName",
          CASE e.state WHEN 'calling' THEN 'calling' ELSE 'reading' END AS doing, e.call_id AS "callId",
          ${isoText(sql`e.changed_at`)} AS since
        ${seenBy(identity)} AND e.state IN ('reserved', 'calling') AND (e.state = 'calling' OR e.state = 'reserved' AND e.reserved_until > ${now.toISOString()})
        ORDER BY e.changed_at, e.id`,
  );
}

/** People of one list: those who are to be called in the order in which they come, or those who are done. */
export async function readEntries(
  tx: Tx,
  identity: Identity,
  list: CallList,
  { show, offset, limit }: EntriesQuery,
  now: Date,
): Promise<ListedEntries> {
  const isOpen = show === "open";
  const which = sql`${seenBy(identity)} AND e.list_key = ${list.key} AND (e.state = 'done') = ${!isOpen}`;
  const order = isOpen ? openFirst(now) : sql`e.changed_at DESC, e.id`;
  const page = await rowsOf<Shown>(
    tx,
    sql`SELECT e.id, l.doc->>'name' AS "leadName", l.doc->>'company' AS company, l.doc->>'phone' AS number
        ${which} ORDER BY ${order} OFFSET ${offset} LIMIT ${limit}`,
  );
  const [counted] = await rowsOf<{ total: number }>(tx, sql`SELECT count(*)::int AS total ${which}`);
  const known = new Map(
    (await readRows(tx, identity.tenantId, page)).map((one) => [one.entryId as string, one]),
  );
  const entries = page.flatMap(({ id, ...shown }): ListedEntry[] => {
    const entry = known.get(id);
    return entry ? [{ ...entry, ...shown }] : [];
  });
  return { entries, total: counted?.total ?? 0 };
}

type Shown = { id: string; leadName: string; company: string; number: string };

/** On the line, before an agent, due, later. */
function openFirst(now: Date) {
  const isLater = sql`(e.state = 'waiting' AND coalesce(e.not_before > ${now.toISOString()}, false))`;
  return sql`(e.state = 'calling') DESC, (e.state = 'reserved') DESC, ${isLater},
    CASE WHEN ${isLater} THEN e.not_before END, ${inTurn(sql`e`)}`;
}
