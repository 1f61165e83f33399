import { sql } from "drizzle-orm";
import { isConnected, isOfOwnExchange, otherNumber, type CallState } from "../../shared/calls/call.ts";
import type { CallEvent } from "../../shared/calls/call-event.ts";
import { callRules } from "../../shared/calls/call-record.ts";
import { identityOf, inOrder } from "../../shared/calls/fold-call.ts";
import { nextCall, supposedBy } from "../../shared/calls/next-call.ts";
import { isSameParty } from "../../shared/calls/same-party.ts";
import { turnName, turnNamed } from "../../shared/calls/turn-name.ts";
import { inSystem, inTenant, rowsOf, type Tx } from "../database/index.ts";
import { addJobs, type Job } from "../jobs/index.ts";
import { givenJob, lockCall, takeCallEvents } from "../sync/index.ts";
import { untilThrough } from "./attempts.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { ringsForMs } from "./own-exchange.ts";

// A call that was given to a colleague at a company's own exchange: whether it is theirs (docs/decisions/0037).

const lookAgainMs = 5_000;

/** Of a call of which something was heard since, whatever had to be asked was asked with it. */
const heardWithinHours = 6;
const askedAtOnce = 500;

/** Somebody has it from a colleague. */
type Turn = {
  agentId: string;
  otherNumber: string;
  /** ISO 8601. */
  givenAt: string;
  /** What tells of it, as its identity. */
  by: string;
  /** Their own desk says that it is in this very call. */
  isClaimed: boolean;
};

/**
 * Whose it is from a colleague; null where it is whose it was first, or over. A desk says each time that a call becomes
 * its person's that they have it, by the name of that time, so nobody's clock is asked. One that names none does not know
 * of the others, or is an older desk's: such words count once for each time.
 */
export function turnOf(events: readonly CallEvent[]): Turn | null {
  const turns = new Map<string, number>();
  let [holder, givenAt, by] = ["", "", ""];
  let call: CallState | null = null;
  for (const event of inOrder(events)) {
    call = nextCall(call, event, callRules);
    if (!isConnected(call) || call.agentId === null || call.agentId === holder) continue;
    [holder, givenAt, by] = [call.agentId, event.at, identityOf(event)];
    turns.set(holder, (turns.get(holder) ?? 0) + 1);
  }
  if (call === null || !isConnected(call) || call.formerAgentIds.length === 0) return null;
  const named = events.flatMap((event) =>
    event.type === "answered" && event.agentId === holder ? [turnNamed(event.key)] : [],
  );
  const unnamed = named.filter((name) => name === null).length;
  return {
    agentId: holder,
    otherNumber: otherNumber(call),
    givenAt,
    by,
    isClaimed: named.includes(turnName(call)) || unnamed >= (turns.get(holder) ?? 0),
  };
}

/**
 * Job: ends a call whose receiver has it as another one, for whoever gave it: many exchanges put a call through without
 * telling the receiver which it was. That is so once they are in one with the same person, or have said nothing for as
 * long as it may ring.
 */
export async function endUnclaimed(
  { db, clock }: Pick<TelephonyDeps, "db" | "clock">,
  { tenantId, key: callId }: Pick<Job, "tenantId" | "key">,
): Promise<Date | void> {
  const now = nowOf({ clock });
  return untilThrough(() =>
    inTenant(db, { tenantId }, async (tx) => {
      const heard = await readHeard(tx, tenantId, callId);
      const turn = turnOf(heard.map(({ event }) => event));
      if (!turn || turn.isClaimed) return;
      const heardAt = heard.find(({ event }) => identityOf(event) === turn.by)?.heardAt ?? turn.givenAt;
      const isOut = now.getTime() >= Date.parse(heardAt) + ringsForMs;
      if (!isOut && !(await isInAnother(tx, tenantId, callId, turn)))
        return new Date(now.getTime() + lookAgainMs);
      await takeCallEvents(tx, tenantId, new Map([[callId, [endOf(turn)]]]), { now: now.toISOString() });
    }),
  );
}

/**
 * Asks of calls that were given away, stand as up, and of which nothing was heard for hours: of those that an older server
 * heard of nobody was asked. Whether one is over is judged as ever, so who claims theirs talks on, however long.
 */
export async function askOfStanding({ db, clock }: Pick<TelephonyDeps, "db" | "clock">): Promise<void> {
  const now = nowOf({ clock });
  await inSystem(db, async (tx) => {
    const standing = await rowsOf<{ tenantId: string; key: string }>(
      tx,
      sql`SELECT c.tenant_id AS "tenantId", c.id AS key FROM calls c
          WHERE NOT c.deleted AND c.doc->>'endedAt' IS NULL AND jsonb_typeof(c.doc->'line') = 'object'
            AND c.doc->'line'->>'provider' = 'sip' AND c.doc->'line'->'formerAgentIds' <> '[]'::jsonb
            AND NOT EXISTS (SELECT FROM call_events e WHERE e.tenant_id = c.tenant_id AND e.call_id = c.id
              AND e.received_at > ${now.toISOString()}::timestamptz - make_interval(hours => ${heardWithinHours}))
          ORDER BY c.doc->>'startedAt' DESC LIMIT ${askedAtOnce}`,
    );
    await addJobs(
      tx,
      standing.map((call) => ({ ...call, kind: givenJob, dueAt: now })),
    );
  });
}

/** Holds the call, so that nobody says meanwhile that they have it. */
async function readHeard(
  tx: Tx,
  tenantId: string,
  callId: string,
): Promise<{ event: CallEvent; heardAt: string }[]> {
  const line = await lockCall(tx, tenantId, callId);
  if (line === null || !isOfOwnExchange(line)) return [];
  return rowsOf(
    tx,
    sql`SELECT event, received_at::text AS "heardAt" FROM call_events
        WHERE tenant_id = ${tenantId} AND call_id = ${callId}`,
  );
}

/** Whether they are, or were since, in another call there with the same person: with none who withholds their number. */
async function isInAnother(
  tx: Tx,
  tenantId: string,
  callId: string,
  { agentId, givenAt, otherNumber: theirs }: Turn,
): Promise<boolean> {
  if (!/\d/u.test(theirs)) return false;
  const lines = await rowsOf<Pick<CallState, "direction" | "from" | "to">>(
    tx,
    sql`SELECT doc->>'direction' AS direction, doc->>'from' AS "from", doc->>'to' AS "to" FROM calls
        WHERE tenant_id = ${tenantId} AND id <> ${callId} AND NOT deleted AND doc->>'agentId' = ${agentId}
          AND doc->'line'->>'provider' = 'sip' AND doc->>'answeredAt' IS NOT NULL
          AND coalesce(doc->>'endedAt', ${givenAt}) >= ${givenAt}
          AND doc->>'startedAt' >= ${dayBefore(givenAt)}`,
  );
  return lines.some((line) => isSameParty(otherNumber(line), theirs));
}

/** None lasts longer; what nobody has ended since is no talk of today. */
function dayBefore(at: string): string {
  return new Date(Date.parse(at) - 86_400_000).toISOString();
}

function endOf({ givenAt, by }: Turn): CallEvent {
  const head = { source: supposedBy, key: `given:${by}`.slice(0, 160), seq: 0, at: givenAt };
  return { ...head, type: "ended", why: "transferred" };
}
