import { sql } from "drizzle-orm";
import { rowsOf, type Tx } from "../database/index.ts";
import type { Candidate } from "./decide-route.ts";
import type { Queue } from "./queue-settings.ts";

/**
 * Everybody whose desk may ring for a queue. Free is who is available at every desk that they have open and has no
 * leg of any call; for calls of their own number also who talks in one, and is neither on a break nor wrapping up
 * (docs/decisions/0038). Absent seems who did not answer the last call that rang for them and went on without them,
 * until they change their presence: a caller who gave up says nothing of whom they rang, and who declined is there.
 * @param only somebody whose own number was called
 */
export function readCandidates(
  tx: Tx,
  tenantId: string,
  { userIds, teamIds }: Queue,
  only: string | null,
): Promise<Candidate[]> {
  const isOpenToAll = userIds === null && teamIds === null;
  const isDirect = only !== null;
  const theirOpenLegs = sql`FROM call_legs l WHERE l.tenant_id = ${tenantId} AND l.agent_id = p.user_id AND l.ended_at IS NULL`;
  return rowsOf<Candidate>(
    tx,
    sql`SELECT p.user_id AS "userId",
               bool_or(p.presence <> 'offline') AS present,
               CASE WHEN EXISTS (SELECT ${theirOpenLegs}) THEN ${isDirect}
                   AND NOT EXISTS (SELECT ${theirOpenLegs} AND l.state <> 'live')
                   AND bool_and(p.presence IN ('available', 'busy', 'offline')) AND bool_or(p.presence <> 'offline')
                 ELSE bool_and(p.presence IN ('available', 'offline')) AND bool_or(p.presence = 'available')
               END AS free,
               (extract(epoch FROM greatest(max(p.since), (
                 SELECT max(l.ended_at) FROM call_legs l
                 WHERE l.tenant_id = ${tenantId} AND l.agent_id = p.user_id))) * 1000)::float8 AS "idleSince",
               coalesce((
                 SELECT l.answered_at IS NULL AND (c.over_at IS NULL OR l.ended_at < c.over_at)
                   AND l.ended_at > max(p.since)
                   AND NOT EXISTS (
                     SELECT FROM call_events e WHERE e.tenant_id = l.tenant_id AND e.call_id = l.call_id
                       AND e.event->>'type' = 'passed' AND e.event->>'agentId' = l.agent_id
                       AND e.event->>'why' = 'declined')
                 FROM call_legs l JOIN line_calls c ON c.tenant_id = l.tenant_id AND c.call_id = l.call_id
                 WHERE l.tenant_id = ${tenantId} AND l.agent_id = p.user_id AND l.role = 'agent'
                   AND l.ended_at IS NOT NULL
                 ORDER BY l.ended_at DESC LIMIT 1), false) AS missed
        FROM presence p
        WHERE p.tenant_id = ${tenantId}
          AND (${only}::text IS NULL OR p.user_id = ${only})
          AND (${isOpenToAll || isDirect} OR p.user_id = ANY(${sql.param([...(userIds ?? [])])}::text[])
            OR EXISTS (
              SELECT FROM settings s WHERE s.tenant_id = ${tenantId} AND s.id = 'person:' || p.user_id
                AND s.doc->'teamIds' ?| ${sql.param([...(teamIds ?? [])])}::text[]))
        GROUP BY p.user_id`,
  );
}
