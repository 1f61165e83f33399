import { sql } from "drizzle-orm";
import { isEverybodys } from "../../shared/calls/members.ts";
import { usualQueue } from "../../shared/calls/phone-rules.ts";
import { Queue as QueueSetting } from "../../shared/entities/setting.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import type { QueueRules } from "./decide-route.ts";

export type Queue = QueueRules & {
  /** Both null = everybody who takes calls; one of both is enough to belong to it. */
  userIds: readonly string[] | null;
  teamIds: readonly string[] | null;
  /** Where a caller goes on waiting when nobody here takes the call; null = voicemail. */
  overflowQueue: string | null;
  /** Said before the music; empty = nothing. */
  announcement: string;
};

/** How callers of a queue are put through; a queue that nobody has configured is everybody's. */
export async function readQueue(tx: Tx, tenantId: string, key: string): Promise<Queue> {
  const [row] = await rowsOf<{ doc: unknown }>(
    tx,
    sql`SELECT doc FROM settings WHERE tenant_id = ${tenantId} AND id = ${`queue:${key}`} AND NOT deleted`,
  );
  const given = row ? QueueSetting.parse(row.doc) : { ...usualQueue, userIds: [], teamIds: [] };
  const isOpenToAll = isEverybodys(given);
  return {
    ringMs: given.ringSeconds * 1_000,
    longestWaitMs: given.overflowSeconds * 1_000,
    userIds: isOpenToAll ? null : given.userIds,
    teamIds: isOpenToAll ? null : given.teamIds,
    overflowQueue: given.overflowQueue || null,
    announcement: given.announcement,
  };
}

/**
 * Whether a caller has waited in a queue since they called, or were given to a queue last: two that send callers on to each
 * other must not keep them for ever.
 */
export async function hasWaitedIn(tx: Tx, tenantId: string, callId: string, queue: string): Promise<boolean> {
  const found = await rowsOf(
    tx,
    sql`WITH own AS (
          SELECT (event->>'seq')::int AS seq, event->>'type' AS type, coalesce(event->>'queue', event->'target'->>'queue') AS queue
          FROM call_events
          WHERE tenant_id = ${tenantId} AND call_id = ${callId} AND event->>'source' = 'server:line'
            AND (event->>'type' = 'queued' OR event->>'type' = 'transfer-started' AND event->'target'->>'kind' = 'queue'))
        SELECT 1 FROM own WHERE queue = ${queue}
          AND seq >= coalesce((SELECT max(seq) FROM own WHERE type = 'transfer-started'), 0) LIMIT 1`,
  );
  return found.length > 0;
}
