import { sql, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { otherNumber } from "../../../shared/calls/call.ts";
import type { CallEvent } from "../../../shared/calls/call-event.ts";
import { identityOf, inOrder } from "../../../shared/calls/fold-call.ts";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import { CallHistory, type LoggedCall } from "./wire.ts";

type History = z.input<typeof CallHistory>;
type Call = z.input<typeof LoggedCall>;

/** More than a call ever has, unless something goes in circles. */
const mostLines = 500;
const mostBlocked = 50;

/** Everything that was said of a call: by whom, in the order that counts, and what its carrier sent. */
export async function readHistory(tx: Tx, tenantId: string, call: Call): Promise<History> {
  const legs = await readLegs(tx, tenantId, call.id);
  return {
    call,
    events: await readEvents(tx, tenantId, call.id),
    legs,
    deliveries: await readDeliveries(tx, tenantId, legs),
    blocked: await readBlocked(tx, tenantId, call),
  };
}

async function readEvents(tx: Tx, tenantId: string, callId: string): Promise<History["events"]> {
  const rows = await rowsOf<{ event: CallEvent; receivedAt: string }>(
    tx,
    sql`SELECT e.event, ${isoText(sql`e.received_at`)} AS "receivedAt" FROM call_events e
        WHERE e.tenant_id = ${tenantId} AND e.call_id = ${callId}`,
  );
  const byIdentity = new Map(rows.map((row) => [identityOf(row.event), row]));
  // As each was told: the fold puts clocks right that were set back, and that would hide what happened.
  return inOrder(rows.map(({ event }) => event)).flatMap((event) => byIdentity.get(identityOf(event)) ?? []);
}

function readLegs(tx: Tx, tenantId: string, callId: string): Promise<History["legs"]> {
  return rowsOf<History["legs"][number]>(
    tx,
    sql`SELECT g.id, g.role, g.agent_id AS "agentId", g.state, g.sid, ${isoText(sql`g.dialled_at`)} AS "dialledAt",
               ${orNull(sql`g.answered_at`)} AS "answeredAt", ${orNull(sql`g.ended_at`)} AS "endedAt"
        FROM call_legs g WHERE g.tenant_id = ${tenantId} AND g.call_id = ${callId}
        ORDER BY g.dialled_at, g.id LIMIT ${mostLines}`,
  );
}

async function readDeliveries(
  tx: Tx,
  tenantId: string,
  legs: History["legs"],
): Promise<History["deliveries"]> {
  const [ids, sids] = [legs.map(({ id }) => id), legs.flatMap(({ sid }) => sid ?? [])];
  if (ids.length === 0) return [];
  return rowsOf<History["deliveries"][number]>(
    tx,
    sql`SELECT w.id::text AS id, ${isoText(sql`w.received_at`)} AS "receivedAt", ${orNull(sql`w.done_at`)} AS "doneAt",
               w.attempts, w.error, w.notice
        FROM webhook_inbox w WHERE w.tenant_id = ${tenantId}
          AND w.id IN (SELECT ringside_deliveries_of(${tenantId}, ${sql.param([...ids, ...sids])}::text[]))
        ORDER BY w.id LIMIT ${mostLines}`,
  );
}

function readBlocked(tx: Tx, tenantId: string, call: Call): Promise<History["blocked"]> {
  const subject = `calls/${call.id}`;
  const number = otherNumber(call);
  return rowsOf<History["blocked"][number]>(
    tx,
    sql`SELECT ${isoText(sql`a.at`)} AS at, coalesce(u.name, '') AS "actorName", coalesce(a.details->>'code', '') AS reason,
               coalesce(a.details->>'to', '') AS "to", a.subject = ${subject} AS "ofCall"
        FROM audit_log a LEFT JOIN users u ON u.id = a.actor_id
        WHERE a.tenant_id = ${tenantId} AND a.action = 'call.blocked'
          AND (a.subject = ${subject} OR a.details->>'to' = ${number})
        ORDER BY a.id DESC LIMIT ${mostBlocked}`,
  );
}

function orNull(column: SQL): SQL {
  return sql`CASE WHEN ${column} IS NOT NULL THEN ${isoText(column)} END`;
}
