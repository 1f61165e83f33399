import { sql } from "drizzle-orm";
import { newRecordId } from "../../shared/entities/id.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { addJobs, type Job } from "../jobs/index.ts";
import { untilThrough } from "./attempts.ts";
import { readCandidates } from "./candidates.ts";
import { decideRoute, type QueueRules } from "./decide-route.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import {
  addLeg,
  agentLegOf,
  ask,
  changeCall,
  customerLegOf,
  dismiss,
  tell,
  type Leg,
  type Line,
} from "./line.ts";
import { hasWaitedIn, readQueue, type Queue } from "./queue-settings.ts";
import { lockLine, writeLines } from "./store.ts";

/** Job: looks for somebody who takes a waiting call, until there is one or the caller leaves. */
export async function routeCall(deps: TelephonyDeps, { tenantId, key: callId }: Job): Promise<Date | void> {
  const again = await untilThrough(() =>
    inTenant(deps.db, { tenantId }, async (tx) => {
      const before = await lockLine(tx, tenantId, callId);
      if (!before) return null;
      const now = nowOf(deps);
      const { line, nextAt } = await routeLine(tx, before, now);
      await writeLines(tx, tenantId, new Map([[callId, before]]), [line], now);
      return nextAt;
    }),
  );
  return again ?? undefined;
}

/** One step of the search. @returns when to look again; null = it is over */
export async function routeLine(tx: Tx, line: Line, now: Date): Promise<{ line: Line; nextAt: Date | null }> {
  const { tenantId, queue: key, queuedAt, onlyAgentId } = line.call;
  if (!isWaiting(line) || queuedAt === null) return { line, nextAt: null };
  const queue = await readQueue(tx, tenantId, key);
  const candidates = await readCandidates(tx, tenantId, queue, onlyAgentId);
  const own = line.legs.filter((leg) => leg.role === "agent" && leg.dialledAt >= queuedAt);
  const ringing = own.filter(({ state, wanted }) => wanted && (state === "dialling" || state === "ringing"));
  // While a desk rings, or nobody is free, who came first makes no difference: callers look every second.
  const mayRing = ringing.length === 0 && candidates.some(({ free }) => free);
  const before = mayRing && onlyAgentId === null ? await readBefore(tx, line.call, queue, now) : [];
  const decision = decideRoute(
    {
      since: queuedAt.getTime(),
      ringing: ringing.map(({ agentId, dialledAt }) => ({
        userId: agentId ?? "",
        since: dialledAt.getTime(),
      })),
      tried: new Set(own.flatMap(({ agentId, state }) => (state === "ended" && agentId ? [agentId] : []))),
      before: before.map(({ tried }) => new Set(tried)),
    },
    candidates,
    queue,
    now.getTime(),
  );
  switch (decision.do) {
    case "ring": {
      const rung = await ringFirst(tx, line, decision.userIds, queue, now);
      return { line: rung, nextAt: new Date(rung === line ? now.getTime() + busyAgainMs : decision.thenAt) };
    }
    case "stop-ringing":
      // The next one's turn comes when the carrier has taken these legs down.
      return {
        line: dismiss(
          line,
          ({ id, agentId }) =>
            decision.userIds.includes(agentId ?? "") && ringing.some((leg) => leg.id === id),
        ),
        nextAt: new Date(now.getTime() + busyAgainMs),
      };
    case "wait":
      return { line, nextAt: new Date(decision.until) };
    case "let-pass":
      // They look by themselves every second: until then somebody free would sit idle, and everybody here wait.
      await addJobs(
        tx,
        before.map(({ callId }) => ({ tenantId, kind: "call.route", key: callId, dueAt: now })),
      );
      return { line, nextAt: new Date(decision.until) };
    case "overflow":
      return overflow(tx, line, queue, now);
  }
}

/** The next queue goes on looking; after the last one, or where somebody alone was called, voicemail. */
async function overflow(
  tx: Tx,
  line: Line,
  { overflowQueue }: Queue,
  now: Date,
): Promise<{ line: Line; nextAt: Date | null }> {
  const { tenantId, callId, onlyAgentId } = line.call;
  const next = onlyAgentId === null ? overflowQueue : null;
  if (next === null || (await hasWaitedIn(tx, tenantId, callId, next)))
    return { line: ask(changeCall(line, { voicemailAt: now, queuedAt: null }), "settle"), nextAt: null };
  // Whoever was given to a queue may come this way a second time.
  const told = tell(line, `overflow:${line.call.nextSeq}`, { type: "queued", queue: next });
  return { line: changeCall(told, { queue: next, queuedAt: now }), nextAt: now };
}

/** Everybody was taken by other calls between looking and ringing. */
const busyAgainMs = 250;

function isWaiting(line: Line): boolean {
  const customer = customerLegOf(line);
  return line.call.overAt === null && line.call.voicemailAt === null && customer !== undefined && agentLegOf(line) === undefined; // prettier-ignore
}

type Before = { callId: string; tried: string[] };

/**
 * Callers who have waited longer in a queue, and for whom no desk rings: with whoever was rung for them there. Who waits
 * for longer than the queue lets anybody is on their way out of it, and keeps nobody waiting.
 */
function readBefore(
  tx: Tx,
  { tenantId, callId, queue, queuedAt }: Line["call"],
  { longestWaitMs }: QueueRules,
  now: Date,
): Promise<Before[]> {
  const since = (queuedAt ?? now).toISOString();
  const earliest = new Date(now.getTime() - longestWaitMs).toISOString();
  return rowsOf<Before>(
    tx,
    sql`SELECT w.call_id AS "callId", coalesce(array_agg(l.agent_id) FILTER (WHERE l.agent_id IS NOT NULL), '{}') AS tried
        FROM line_calls w
        LEFT JOIN call_legs l ON l.tenant_id = w.tenant_id AND l.call_id = w.call_id AND l.role = 'agent'
          AND l.dialled_at >= w.queued_at
        WHERE w.tenant_id = ${tenantId} AND w.over_at IS NULL AND w.queue = ${queue} AND w.only_agent_id IS NULL
          AND (w.queued_at, w.call_id) < (${since}::timestamptz, ${callId}) AND w.queued_at > ${earliest}
          AND EXISTS (
            SELECT FROM call_legs c WHERE c.tenant_id = w.tenant_id AND c.call_id = w.call_id
              AND c.role = 'customer' AND c.state = 'live' AND c.wanted)
        GROUP BY w.call_id, w.queued_at
        HAVING bool_and(coalesce(l.state, 'ended') = 'ended')
        ORDER BY w.queued_at, w.call_id`,
  );
}

/** Rings the first whom no other call rings at this moment. */
async function ringFirst(
  tx: Tx,
  line: Line,
  userIds: readonly string[],
  { ringMs }: QueueRules,
  now: Date,
): Promise<Line> {
  for (const agentId of userIds) {
    const id = newRecordId() as string;
    if (!(await reserve(tx, line, id, agentId, now))) continue;
    const leg: Partial<Leg> = { agentId, ringMs, anchorWanted: true, anchor: true };
    const rung = addLeg(line, { id, role: "agent", ...leg }, now);
    return tell(rung, `routed:${id}`, { type: "routed", agentId: agentId as never });
  }
  return line;
}

/**
 * The index `call_legs_one_ring` lets one of two calls have the desk. One that somebody talks at is had by calls of
 * their own number alone.
 */
async function reserve(tx: Tx, { call }: Line, id: string, agentId: string, now: Date): Promise<boolean> {
  const { tenantId, accountId, callId, onlyAgentId } = call;
  const mayWaitThere = onlyAgentId !== null;
  const reserved = await rowsOf(
    tx,
    sql`INSERT INTO call_legs (tenant_id, id, account_id, call_id, role, agent_id, state, dialled_at)
        SELECT ${tenantId}, ${id}, ${accountId}, ${callId}, 'agent', ${agentId}, 'dialling', ${now.toISOString()}
        WHERE NOT EXISTS (SELECT FROM call_legs WHERE tenant_id = ${tenantId} AND agent_id = ${agentId} AND ended_at IS NULL
                          AND NOT (${mayWaitThere} AND state = 'live'))
        ON CONFLICT DO NOTHING RETURNING 1`,
  );
  return reserved.length > 0;
}
