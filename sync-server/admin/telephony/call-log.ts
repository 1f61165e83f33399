import { sql, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { normalisePhone } from "../../../shared/phone/normalise-phone.ts";
import { keysOf } from "../../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import { readCountry } from "../business.ts";
import { addRoute, found, managers, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { readHistory } from "./call-history.ts";
import { CallHistory, CallLog, CallLogFilter, CallLogPage, LoggedCall } from "./wire.ts";

type Row = z.input<typeof LoggedCall>;
type Filter = z.output<typeof CallLogFilter>;

/** How far back a search goes that names no days. */
const searchedMs = 92 * 86_400_000;

/** Every call that this person may see, and everything that was ever said of one. */
export function addCallLogRoutes(routes: Routes): void {
  const path = "/telephony/call-log";
  addRoute(
    routes,
    {
      method: "GET",
      path,
      summary: "Calls, newest first",
      roles: managers,
      query: CallLogPage,
      answer: CallLog,
    },
    async ({ tx, identity, now, query: { before, limit, ...filter } }) => {
      const since = sinceOf(filter, now);
      const fits = [...(await conditionsOf(tx, identity, filter, since)), ...olderThan(before)];
      const calls = await readCalls(tx, identity, fits, limit + 1);
      const page = calls.slice(0, limit);
      const last = page.at(-1);
      const next = calls.length > limit && last ? `${last.startedAt}~${last.id}` : null;
      return { calls: page, next, searchedSince: filter.from === undefined ? since : null };
    },
  );
  addRoute(
    routes,
    { method: "GET", path: `${path}/:id`, summary: "All that is known of a call", roles: managers, params: IdParam, answer: CallHistory }, // prettier-ignore
    async ({ tx, identity, params: { id } }) => {
      const [call] = await readCalls(tx, identity, [sql`c.id = ${id}`], 1);
      return readHistory(tx, identity.tenantId, found(call, "call"));
    },
  );
}

/** A call's lead is read by its column: under row-level security what a document says finds nothing in an index. */
function readCalls(tx: Tx, identity: Identity, fits: readonly SQL[], limit: number): Promise<Row[]> {
  const conditions = [
    sql`c.tenant_id = ${identity.tenantId}`,
    sql`NOT c.deleted`,
    sql`c.audience && ${sql.param(keysOf(identity))}::text[]`,
    ...fits,
  ];
  return rowsOf<Row>(
    tx,
    sql`SELECT c.id, c.doc->>'startedAt' AS "startedAt", c.doc->>'answeredAt' AS "answeredAt",
               c.doc->>'endedAt' AS "endedAt", c.doc->>'direction' AS direction, c.doc->>'from' AS "from",
               c.doc->>'to' AS "to", c.doc->>'agentId' AS "agentId", coalesce(l.doc->>'name', '') AS "leadName",
               coalesce(c.doc->>'endReason', '') AS "endReason", coalesce(c.doc->'line'->>'queue', '') AS queue,
               coalesce(c.doc->>'disposition', '') AS disposition, coalesce(c.doc->'line'->>'provider', '') AS provider,
               coalesce(c.doc->>'recording', '') <> '' AS "isRecorded"
        FROM calls c LEFT JOIN leads l ON l.tenant_id = c.tenant_id AND l.id = c.parent_id AND NOT l.deleted
        WHERE ${sql.join(conditions, sql` AND `)}
        ORDER BY c.doc->>'startedAt' DESC, c.id DESC LIMIT ${limit}`,
  );
}

/** Of two calls that began in one millisecond the one with the greater id is the newer. */
function olderThan(before: string | undefined): SQL[] {
  if (before === undefined) return [];
  const [startedAt = "", id = ""] = before.split("~");
  return [sql`(c.doc->>'startedAt', c.id) < (${startedAt}::text, ${id}::text)`];
}

/** What begins before this is not looked at; null = everything is. */
function sinceOf({ from, to, search }: Filter, now: string): string | null {
  if (from !== undefined || search === undefined) return from ?? null;
  return new Date(Date.parse(to ?? now) - searchedMs).toISOString();
}

async function conditionsOf(
  tx: Tx,
  { tenantId }: Identity,
  filter: Filter,
  since: string | null,
): Promise<SQL[]> {
  const { to, direction, outcome, agentId, search } = filter;
  const numbers = search === undefined ? null : numbersIn(search, await readCountry(tx, tenantId));
  const name = search !== undefined && numbers === null ? search : null;
  const isBetween = name === null && (search !== undefined || to !== undefined);
  return [
    isBetween && between(tenantId, since, to ?? null, numbers),
    !isBetween && since !== null && sql`c.doc->>'startedAt' >= ${since}`,
    !isBetween && to !== undefined && sql`c.doc->>'startedAt' < ${to}`,
    direction !== undefined && sql`c.doc->>'direction' = ${direction}`,
    outcome !== undefined && endedAs(outcome),
    agentId !== undefined && sql`c.doc->>'agentId' = ${agentId}`,
    name !== null && withNamed(tenantId, name),
  ].filter((one) => one !== false);
}

function endedAs(outcome: NonNullable<Filter["outcome"]>): SQL {
  const reason = sql`coalesce(c.doc->>'endReason', '')`;
  // As the index of live calls has it, in its very words.
  if (outcome === "open") return sql`c.doc->>'endedAt' IS NULL AND jsonb_typeof(c.doc->'line') = 'object'`;
  if (outcome !== "missed") return sql`${reason} = ${outcome}`;
  return sql`c.doc->>'direction' = 'inbound' AND c.doc->>'answeredAt' IS NULL AND ${reason} <> ''`;
}

/** Leads first, and then their calls by an index: there are many more calls. */
function withNamed(tenantId: string, name: string): SQL {
  return sql`c.parent_id = ANY (ARRAY(SELECT n.id FROM leads n WHERE n.tenant_id = ${tenantId} AND NOT n.deleted
               AND strpos(lower(n.doc->>'name'), ${name.toLowerCase()}) > 0))`;
}

/** Those of some days are found by an index, and only they are read for what no index knows: part of a number. */
function between(
  tenantId: string,
  since: string | null,
  to: string | null,
  numbers: readonly string[] | null,
): SQL {
  const parts = (numbers ?? []).flatMap((part) => [
    sql`strpos(f."from", ${part}) > 0`,
    sql`strpos(f."to", ${part}) > 0`,
  ]);
  const fits = parts.length > 0 ? sql`WHERE ${sql.join(parts, sql` OR `)}` : sql``;
  return sql`c.id IN (SELECT f.id FROM ringside_calls_between(${tenantId}, ${since ?? ""}, ${to}::text) f ${fits})`;
}

/** Digits, however they were grouped or begun; null where it is a name that is looked for. */
function numbersIn(search: string, country: string): string[] | null {
  const digits = search.replaceAll(/\D/gu, "");
  if (digits === "" || /\p{L}/u.test(search)) return null;
  const whole = normalisePhone(search, country);
  return [digits, ...(whole.ok ? [whole.e164] : [])];
}
