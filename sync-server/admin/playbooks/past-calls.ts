import { sql } from "drizzle-orm";
import { apartOf, type CallSpan } from "../../../shared/calls/talks.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { Instant } from "../../../shared/entities/fields.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { keysOf } from "../../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";

/** A call that is over and was transcribed. `durationMs` from the answer to the end. */
export type PastCall = {
  callId: RecordId;
  startedAt: Instant;
  durationMs: number;
  agent: string;
  /** Empty = nobody knows whose number it is. */
  customer: string;
  number: string;
  /** When the two did not hear each other. */
  apart: CallSpan[];
};

export type PastCallFilter = { since: Instant; teamId: string | null; limit: number; after: string | null };

/** Counting further tells nobody anything. */
const mostCounted = 500;

/** Newest first, of those that this person may see. `next` names the page after; null = there is none. */
export async function readPastCalls(
  tx: Tx,
  identity: Identity,
  filter: PastCallFilter,
): Promise<{ calls: PastCall[]; next: string | null; total: number }> {
  const total = await countCalls(tx, identity, filter);
  const rows = await readPage(tx, identity, filter);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  const next = rows.length > filter.limit && last ? `${last.startedAt}~${last.callId}` : null;
  return { calls: page, next, total };
}

function fits(identity: Identity, { since, teamId }: PastCallFilter) {
  return sql`c.tenant_id = ${identity.tenantId} AND NOT c.deleted AND c.audience && ${sql.param(keysOf(identity))}::text[]
    AND c.doc->>'startedAt' >= ${since} AND c.doc->>'endedAt' IS NOT NULL AND c.doc->>'answeredAt' IS NOT NULL
    AND (${teamId}::text IS NULL OR c.doc->>'teamId' = ${teamId})
    AND EXISTS (SELECT 1 FROM segments s WHERE s.tenant_id = c.tenant_id AND s.doc->>'callId' = c.id AND NOT s.deleted)`;
}

async function countCalls(tx: Tx, identity: Identity, filter: PastCallFilter): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM (SELECT 1 FROM calls c WHERE ${fits(identity, filter)} LIMIT ${mostCounted}) found`,
  );
  return row?.n ?? 0;
}

type Row = Omit<PastCall, "apart"> & Pick<Call, "line"> & { answeredAt: Instant };

async function readPage(tx: Tx, identity: Identity, filter: PastCallFilter): Promise<PastCall[]> {
  const [startedAt = null, id = null] = filter.after?.split("~") ?? [];
  const rows = await rowsOf<Row>(
    tx,
    sql`SELECT c.id AS "callId", c.doc->>'startedAt' AS "startedAt", c.doc->>'answeredAt' AS "answeredAt", c.doc->'line' AS line,
               round(extract(epoch FROM (c.doc->>'endedAt')::timestamptz - (c.doc->>'answeredAt')::timestamptz) * 1000)::int AS "durationMs",
               coalesce(p.doc->>'name', '') AS agent, coalesce(l.doc->>'name', '') AS customer,
               CASE c.doc->>'direction' WHEN 'inbound' THEN c.doc->>'from' ELSE c.doc->>'to' END AS number
        FROM calls c
        LEFT JOIN settings p ON p.tenant_id = c.tenant_id AND p.id = 'person:' || (c.doc->>'agentId') AND NOT p.deleted
        LEFT JOIN leads l ON l.tenant_id = c.tenant_id AND l.id = c.doc->>'leadId' AND NOT l.deleted
        WHERE ${fits(identity, filter)}
          AND (${startedAt}::text IS NULL OR (c.doc->>'startedAt', c.id) < (${startedAt}::text, ${id}::text))
        ORDER BY c.doc->>'startedAt' DESC, c.id DESC LIMIT ${filter.limit + 1}`,
  );
  return rows.map(({ line, answeredAt, ...call }) => ({
    ...call,
    apart: line ? apartOf(line, Date.parse(answeredAt)) : [],
  }));
}

/** Null = there is none that this person may see. */
export async function readSeenCall(tx: Tx, identity: Identity, callId: string): Promise<Call | null> {
  const [row] = await rowsOf<{ doc: Call }>(
    tx,
    sql`SELECT doc FROM calls WHERE tenant_id = ${identity.tenantId} AND id = ${callId} AND NOT deleted
          AND audience && ${sql.param(keysOf(identity))}::text[]`,
  );
  return row?.doc ?? null;
}
