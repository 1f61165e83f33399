import { sql } from "drizzle-orm";
import { inTenant, rowsOf, type Database } from "../../database/index.ts";
import { withholdsWords, type Leg, type LineCall } from "../line.ts";
import { answerOf } from "./place-utterance.ts";

/** What must be known of a call to tell what is said in it. */
export type CallContext = {
  tenantId: string;
  callId: string;
  /** The leg that is listened to. */
  role: Leg["role"];
  /** Somebody has not agreed yet, or has refused: nothing that is said is told. */
  withheld: boolean;
  /** Start of the call's one clock. */
  answeredAt: Date;
  /** Whose desks hear of it: who talks to the customer, and who listens. */
  users: readonly string[];
  heard: Readonly<Record<string, number>>;
};

/** Everybody of us whose line to the call is up. */
export function usersOf(legs: readonly Pick<Leg, "state" | "agentId">[]): string[] {
  const up = legs.filter(({ state }) => state === "live").map(({ agentId }) => agentId);
  return [...new Set(up)].filter((agentId) => agentId !== null);
}

/** @returns null for a leg that is none of ours, or has gone over into a call in which another one is listened to */
export async function readContext(
  db: Database,
  { tenantId, id: accountId }: { tenantId: string; id: string },
  { legId, sid }: { legId: string | null; sid: string },
): Promise<CallContext | null> {
  const own = legId === null ? sql`own.sid = ${sid}` : sql`own.id = ${legId}`;
  const rows = await inTenant(db, { tenantId }, (tx) =>
    rowsOf<Row>(
      tx,
      sql`SELECT own.role AS "listensTo", c.call_id AS "callId", c.direction, c.consent, c.started_at::text AS "startedAt", c.heard,
                 l.role, l.state, l.agent_id AS "agentId", l.answered_at::text AS "answeredAt"
          FROM call_legs own
          JOIN line_calls c ON c.tenant_id = own.tenant_id AND c.call_id = own.call_id
          JOIN call_legs l ON l.tenant_id = own.tenant_id AND l.call_id = own.call_id
          WHERE own.tenant_id = ${tenantId} AND own.account_id = ${accountId} AND ${own} AND own.purpose->'merged' IS NULL
          ORDER BY l.dialled_at, l.id`,
    ),
  );
  const [first] = rows;
  if (!first) return null;
  const legs = rows.map((row) => ({ ...row, answeredAt: row.answeredAt === null ? null : new Date(row.answeredAt) })); // prettier-ignore
  return {
    tenantId,
    callId: first.callId,
    role: first.listensTo,
    withheld: withholdsWords({ call: first }),
    answeredAt: answerOf({ direction: first.direction, startedAt: new Date(first.startedAt) }, legs),
    users: usersOf(legs),
    heard: first.heard,
  };
}

type Row = Pick<LineCall, "callId" | "direction" | "consent" | "heard"> &
  Pick<Leg, "role" | "state" | "agentId"> & {
    listensTo: Leg["role"];
    startedAt: string;
    answeredAt: string | null;
  };
