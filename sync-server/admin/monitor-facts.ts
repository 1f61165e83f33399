import { sql } from "drizzle-orm";
import type { CallState } from "../../shared/calls/call.ts";
import { eachWait, isCounted, waitColumns, type QueueWaits } from "../../shared/calls/queue-figures.ts";
import type { RecordId, TeamId } from "../../shared/entities/id.ts";
import type { BreakReason, Business, Person, Queue } from "../../shared/entities/setting.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import type { PresenceEntry } from "../../shared/sync/wire.ts";
import { dayOf, startOfDay } from "../../shared/time/zone.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { readPresence } from "../sync/index.ts";

/** A call whose line is open, as the database has it. */
export type OpenCall = Pick<CallState, "direction" | "from" | "to" | "startedAt" | "answeredAt" | "queue"> & {
  callId: RecordId;
  phase: CallState["phase"]["phase"];
  agentId: string | null;
  /** Whose desks ring. */
  rings: string[];
  /** Where they wait: since when. */
  waitsSince: string;
  teamId: TeamId | null;
  leadName: string | null;
  /** Whether whoever asks may see the record. */
  visible: boolean;
  /** Whether the server holds its line. */
  ours: boolean;
  provider: string;
};

type Known = Pick<Person, "userId" | "name" | "role" | "teamIds" | "active">;

/** Everything that the monitor is made of. */
export type MonitorFacts = {
  nowMs: number;
  queues: Queue[];
  breakReasons: BreakReason[];
  people: Known[];
  presence: PresenceEntry[];
  calls: OpenCall[];
  /** Of today, in the tenant's calendar. */
  waits: QueueWaits[];
};

/** Reads the figures of a day so seldom, however many people watch. */
const waitsKeptMs = 10_000;

/**
 * Reads what the monitor shows: asked every two seconds by everybody who watches, so all of it goes by an index, and
 * what takes in a whole day is kept for a while.
 */
export function createMonitorReads() {
  const kept = new Map<string, { readMs: number; since: string; waits: QueueWaits[] }>();
  const recentWaits = async (tx: Tx, tenantId: string, since: string, nowMs: number) => {
    const known = kept.get(tenantId);
    if (known?.since === since && nowMs - known.readMs < waitsKeptMs) return known.waits;
    const waits = await readWaits(tx, tenantId, since);
    kept.set(tenantId, { readMs: nowMs, since, waits });
    return waits;
  };
  return (tx: Tx, identity: Identity, nowMs: number) => readFacts(tx, identity, nowMs, recentWaits);
}

async function readFacts(
  tx: Tx,
  identity: Identity,
  nowMs: number,
  waitsOf: (tx: Tx, tenantId: string, since: string, nowMs: number) => Promise<QueueWaits[]>,
): Promise<MonitorFacts> {
  const { tenantId } = identity;
  const settings = await readSettings(tx, tenantId);
  const zone = settings.business?.timeZone ?? "UTC";
  const today = new Date(startOfDay(dayOf(nowMs, zone), zone)).toISOString();
  return {
    ...settings,
    nowMs,
    presence: await readPresence(tx, tenantId),
    calls: await readOpenCalls(tx, identity),
    waits: await waitsOf(tx, tenantId, today, nowMs),
  };
}

async function readSettings(tx: Tx, tenantId: string) {
  type Doc = Queue | BreakReason | Person | Business;
  const rows = await rowsOf<{ doc: Doc }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND NOT deleted
          AND doc->>'kind' IN ('queue', 'break-reason', 'person', 'business')
        ORDER BY (doc->>'order')::float8, id`,
  );
  const ofKind = <K extends Doc["kind"]>(kind: K) =>
    rows.flatMap(({ doc }) => (doc.kind === kind ? [doc as Extract<Doc, { kind: K }>] : []));
  return {
    queues: ofKind("queue"),
    breakReasons: ofKind("break-reason"),
    people: ofKind("person"),
    business: ofKind("business")[0],
  };
}

const mostCalls = 500;

function readOpenCalls(tx: Tx, identity: Identity): Promise<OpenCall[]> {
  return rowsOf<OpenCall>(
    tx,
    sql`SELECT c.id AS "callId", c.doc->'line'->>'direction' AS direction, c.doc->'line'->>'from' AS from,
          c.doc->'line'->>'to' AS to, c.doc->'line'->>'provider' AS provider, c.doc->>'startedAt' AS "startedAt", c.doc->>'answeredAt' AS "answeredAt",
          coalesce(c.doc->'line'->'talks'-> -1 ->>'to', c.doc->>'startedAt') AS "waitsSince",
          c.doc->'line'->>'queue' AS queue, c.doc->'line'->'phase'->>'phase' AS phase,
          c.doc->'line'->>'agentId' AS "agentId", c.doc->>'teamId' AS "teamId",
          coalesce(c.doc->'line'->'phase'->'agentIds', '[]') AS rings, l.doc->>'name' AS "leadName",
          c.audience && ${sql.param(keysOf(identity))}::text[] AS visible,
          EXISTS (SELECT FROM line_calls o WHERE o.tenant_id = c.tenant_id AND o.call_id = c.id
            AND o.over_at IS NULL) AS ours
        FROM calls c
        LEFT JOIN leads l ON l.tenant_id = c.tenant_id AND l.id = c.parent_id AND NOT l.deleted
        WHERE c.tenant_id = ${identity.tenantId} AND NOT c.deleted AND c.doc->>'endedAt' IS NULL
          AND jsonb_typeof(c.doc->'line') = 'object'
        ORDER BY c.doc->>'startedAt' LIMIT ${mostCalls}`,
  );
}

/**
 * Of calls that came in since then. Found by their lines: row-level security keeps what a record says of its time from
 * being looked up in an index.
 */
function readWaits(tx: Tx, tenantId: string, since: string): Promise<QueueWaits[]> {
  return rowsOf<QueueWaits>(
    tx,
    sql`SELECT ${sql.raw(waitColumns)} FROM line_calls o JOIN calls c ON c.tenant_id = o.tenant_id AND c.id = o.call_id, ${sql.raw(eachWait)}
        WHERE o.tenant_id = ${tenantId} AND o.direction = 'inbound' AND o.started_at >= ${since}
          AND ${sql.raw(isCounted)} GROUP BY 1, 2`,
  );
}
