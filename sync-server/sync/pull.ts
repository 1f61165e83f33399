import { sql, type SQL } from "drizzle-orm";
import { err, ok, type Result } from "../../shared/result/result.ts";
import { keysOf, wireScope } from "../../shared/sync/audience.ts";
import type { Checkpoint, PullRequest } from "../../shared/sync/wire.ts";
import { inTenant, rowsOf, type Database, type Tx } from "../database/index.ts";
import type { Identity } from "../http/identity.ts";

export type PullDeps = { db: Database; feedEpoch: string };
/** `body` is a `PullResponse` as JSON text: the database writes the records as text and nobody parses them here. */
export type Pulled = { body: string; docs: number; gone: number };

/** A page ends early where its records together are larger than this. */
const mostPageBytes = 8_000_000;

/** One page of a collection's feed for one person. Refused where they may see something else than they believe. */
export async function pull(
  deps: PullDeps,
  identity: Identity,
  request: PullRequest,
): Promise<Result<Pulled, { code: "scope-changed"; scope: string }>> {
  const scope = wireScope(identity, deps.feedEpoch);
  const fromStart = isStart(request.checkpoint);
  if (request.scope !== scope && !(request.scope === "" && fromStart)) {
    return err({ code: "scope-changed", scope });
  }
  const keys = keysOf(identity);
  const { page, total } = await inTenant(deps.db, identity, async (tx) => ({
    page: await readPage(tx, identity.tenantId, keys, request, fromStart),
    total: fromStart ? await countVisible(tx, identity.tenantId, keys, request) : null,
  }));
  return ok(toResponse(page, scope, request.limit, total));
}

function isStart({ xid, seq }: Checkpoint): boolean {
  return BigInt(xid) === 0n && BigInt(seq) === 0n;
}

type Page = {
  docs: string | null;
  gone: string | null;
  docCount: number;
  goneCount: number;
  /** Rows of the page, and rows that were found: at most one more than the limit. */
  taken: number;
  found: number;
  lastXid: string | null;
  lastSeq: string | null;
  /** The oldest transaction that is still open: everything below it is final ([PULL-2]). */
  horizon: string;
};

/**
 * [PULL-2] Rows after the checkpoint, of finished transactions only. One row more than the limit is looked for, so
 * that a page of exactly `limit` rows knows whether it was the last ([PULL-6]).
 */
async function readPage(
  tx: Tx,
  tenantId: string,
  keys: string[],
  { collection, checkpoint, limit }: PullRequest,
  fromStart: boolean,
): Promise<Page> {
  const mine = sql`audience && ${sql.param(keys)}::text[]`;
  const wanted: SQL = fromStart
    ? sql`NOT deleted AND ${mine}`
    : sql`(${mine} OR former && ${sql.param(keys)}::text[])`;
  const [page] = await rowsOf<Page>(
    tx,
    sql`WITH found AS MATERIALIZED (
          SELECT id, doc, xid, seq, NOT deleted AND ${mine} AS stays
          FROM ${sql.identifier(collection)}
          WHERE tenant_id = ${tenantId} AND (xid, seq) > (${checkpoint.xid}::text::xid8, ${checkpoint.seq}::text::bigint)
            AND xid < pg_snapshot_xmin(pg_current_snapshot()) AND ${wanted}
          ORDER BY xid, seq LIMIT ${limit + 1}
        ), sized AS (
          SELECT *, row_number() OVER feed AS n, sum(pg_column_size(doc)) OVER feed AS bytes
          FROM found WINDOW feed AS (ORDER BY xid, seq ROWS UNBOUNDED PRECEDING)
        ), page AS (
          SELECT * FROM sized WHERE n <= ${limit} AND (n = 1 OR bytes <= ${mostPageBytes})
        )
        SELECT string_agg(doc::text, ',' ORDER BY n) FILTER (WHERE stays) AS docs,
               string_agg(to_json(id)::text, ',' ORDER BY n) FILTER (WHERE NOT stays) AS gone,
               count(*) FILTER (WHERE stays)::int AS "docCount",
               count(*) FILTER (WHERE NOT stays)::int AS "goneCount",
               count(*)::int AS taken,
               (SELECT count(*) FROM found)::int AS found,
               (SELECT xid FROM page ORDER BY n DESC LIMIT 1)::text AS "lastXid",
               (SELECT seq FROM page ORDER BY n DESC LIMIT 1)::text AS "lastSeq",
               pg_snapshot_xmin(pg_current_snapshot())::text AS horizon
        FROM page`,
  );
  if (page === undefined) throw new Error("an aggregate without a row");
  return page;
}

async function countVisible(
  tx: Tx,
  tenantId: string,
  keys: string[],
  { collection }: PullRequest,
): Promise<number> {
  const [row] = await rowsOf<{ total: number }>(
    tx,
    sql`SELECT count(*)::int AS total FROM ${sql.identifier(collection)}
        WHERE tenant_id = ${tenantId} AND NOT deleted AND audience && ${sql.param(keys)}::text[]`,
  );
  return row?.total ?? 0;
}

function toResponse(page: Page, scope: string, limit: number, total: number | null): Pulled {
  const done = page.taken === page.found && page.found <= limit;
  // At the end, the checkpoint also moves past whatever was out of sight ([PULL-3]).
  const checkpoint = done
    ? { xid: page.horizon, seq: "0" }
    : { xid: page.lastXid ?? "0", seq: page.lastSeq ?? "0" };
  const body =
    `{"scope":${JSON.stringify(scope)},"checkpoint":${JSON.stringify(checkpoint)},"docs":[${page.docs ?? ""}],` +
    `"gone":[${page.gone ?? ""}],"done":${done},"total":${total}}`;
  return { body, docs: page.docCount, gone: page.goneCount };
}
