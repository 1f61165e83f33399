import { sql } from "drizzle-orm";
import type { CallEvent } from "../../shared/calls/call-event.ts";
import { supposedBy } from "../../shared/calls/next-call.ts";
import { inTenant, isoText, rowsOf, type Tx } from "../database/index.ts";
import { addJob, type Job } from "../jobs/index.ts";
import { lockCall, takeCallEvents } from "../sync/index.ts";
import { untilThrough } from "./attempts.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { ringsForMs } from "./own-exchange.ts";

// A dial that was permitted at a company's own exchange, and whose desk never heard so or went before it could place it.

export const unplacedJob = "call.unplaced";

/** Asks for that to be looked at, once a telephone that the desk has called rings no more. */
export function askIfPlaced(tx: Tx, tenantId: string, callId: string, now: Date): Promise<void> {
  return addJob(tx, {
    tenantId,
    kind: unplacedJob,
    key: callId,
    dueAt: new Date(now.getTime() + ringsForMs),
  });
}

/** Job: ends a dial that stands as that though nobody has spoken of it for as long as a telephone may ring. */
export async function endUnplaced(
  { db, clock }: Pick<TelephonyDeps, "db" | "clock">,
  { tenantId, key: callId }: Pick<Job, "tenantId" | "key">,
): Promise<Date | void> {
  const now = nowOf({ clock });
  return untilThrough(() =>
    inTenant(db, { tenantId }, async (tx) => {
      const call = await lockCall(tx, tenantId, callId);
      if (call?.phase.phase !== "dialling") return;
      const [heard] = await rowsOf<{ at: string }>(
        tx,
        sql`SELECT ${isoText(sql`max(received_at)`)} AS at FROM call_events
            WHERE tenant_id = ${tenantId} AND call_id = ${callId}`,
      );
      const quietAt = new Date(Date.parse(heard?.at ?? call.startedAt) + ringsForMs);
      if (quietAt > now) return quietAt;
      await supposeUnplaced(tx, tenantId, callId, now);
    }),
  );
}

/** It was never placed, as far as anybody here knows. */
export async function supposeUnplaced(tx: Tx, tenantId: string, callId: string, now: Date): Promise<void> {
  const at = now.toISOString();
  const end: CallEvent = {
    ...{ source: supposedBy, key: "unplaced", seq: 0, at },
    ...{ type: "ended", why: "cancelled" },
  };
  await takeCallEvents(tx, tenantId, new Map([[callId, [end]]]), { now: at });
}
