import { sql } from "drizzle-orm";
import { inSystem, rowsOf, type Tx } from "../database/index.ts";
import { untilThrough } from "./attempts.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { hearLeg, timeOf } from "./hear-leg.ts";
import { ask, type Leg, type Line } from "./line.ts";
import { Notice } from "./notices.ts";
import { noteRecording } from "./recordings.ts";
import { lockLines, writeLines } from "./store.ts";
import { writeTranscript } from "./transcripts.ts";
import { hearPickedUp } from "./voicemail.ts";

/** One transaction applies so many; more would hold the rows of too many calls. */
const batchSize = 200;
const lookEveryMs = 500;
/** A report may overtake the answer that names its leg; a leg that is unknown after that is none of ours. */
const mostAttempts = 8;
const doneKeptDays = 3;

/**
 * Applies stored webhooks to their calls. A stored row is the job: it is done in the transaction that marks it, so that
 * a node killed at any moment loses nothing and does nothing twice; nodes share the work.
 */
export function startDrain(deps: TelephonyDeps) {
  let stopping = false;
  let again = false;
  let running: Promise<void> | null = null;
  let cancel = () => {};

  const run = async () => {
    do {
      again = false;
      while (!stopping && (await untilThrough(() => drainOnce(deps))) === batchSize);
    } while (again && !stopping);
  };
  const wake = () => {
    again = true;
    if (running !== null || stopping) return;
    cancel();
    running = run()
      .catch((error: unknown) => deps.log.error({ err: error }, "stored webhooks were not applied"))
      .finally(() => {
        running = null;
        if (!stopping) cancel = deps.timers.after(lookEveryMs, wake);
      });
  };
  wake();
  return {
    wake,
    async stop() {
      stopping = true;
      cancel();
      await running;
    },
  };
}

type Stored = {
  tenant_id: string;
  id: string;
  account_id: string;
  notice: unknown;
  received_at: string;
  attempts: number;
};

/** @returns how many were taken */
async function drainOnce(deps: TelephonyDeps): Promise<number> {
  const now = nowOf(deps);
  const taken = await inSystem(deps.db, async (tx) => {
    const rows = await rowsOf<Stored>(
      tx,
      sql`SELECT tenant_id, id::text AS id, account_id, notice, received_at::text AS received_at, attempts
          FROM webhook_inbox WHERE done_at IS NULL AND due_at <= ${now.toISOString()}
          ORDER BY due_at, id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`,
    );
    for (const [tenantId, own] of Map.groupBy(rows, ({ tenant_id }) => tenant_id)) {
      const unknown = await apply(deps, tx, tenantId, own, now);
      await mark(tx, tenantId, own, unknown, now);
    }
    return rows;
  });
  for (const { received_at } of taken)
    deps.metrics.applied((now.getTime() - Date.parse(received_at)) / 1_000);
  return taken.length;
}

/** @returns the ids of those whose leg nobody knows yet */
async function apply(
  deps: TelephonyDeps,
  tx: Tx,
  tenantId: string,
  stored: readonly Stored[],
  now: Date,
): Promise<Set<string>> {
  const callOf = await findCalls(tx, tenantId, stored);
  const lines = await lockLines(tx, tenantId, [...new Set(callOf.values())].toSorted());
  const after = new Map(lines);
  const unknown = new Set<string>();
  for (const one of stored) {
    const callId = callOf.get(one.id);
    const line = callId === undefined ? undefined : after.get(callId);
    const notice = Notice.parse(one.notice);
    const leg = line && findLeg(line, notice);
    if (!line || !leg) unknown.add(one.id);
    else
      after.set(line.call.callId, await applyNotice(deps, tx, line, leg, notice, new Date(one.received_at)));
  }
  const changed = [...after.values()].filter((line) => line !== lines.get(line.call.callId));
  await writeLines(tx, tenantId, lines, changed, now);
  return unknown;
}

async function applyNotice(
  deps: TelephonyDeps,
  tx: Tx,
  line: Line,
  leg: Leg,
  notice: Notice,
  receivedAt: Date,
): Promise<Line> {
  switch (notice.kind) {
    case "leg":
      return hearLeg(line, leg, { ...notice, at: timeOf(notice.at, receivedAt, leg) });
    case "joined":
      // What had to wait for them, such as to be held, is done now.
      return leg.role === "customer" ? ask(line, "settle") : line;
    case "left": {
      // The customer leaves the room for a voicemail too; everybody else is gone when they leave it.
      if (leg.role === "customer") return line;
      const at = timeOf(notice.at, receivedAt, leg);
      return hearLeg(line, leg, { ...notice, status: "completed", machine: false, at });
    }
    case "picked-up":
      return hearPickedUp(line, leg, notice.by);
    case "recording":
      await noteRecording(tx, line, notice, nowOf(deps));
      return line;
    case "transcript":
      await writeTranscript(tx, line, leg, notice, nowOf(deps));
      return line;
  }
}

function findLeg(line: Line, { legId, sid }: Notice): Leg | undefined {
  return line.legs.find((leg) => leg.id === legId) ?? line.legs.find((leg) => leg.sid === sid);
}

/** By inbox id. */
async function findCalls(tx: Tx, tenantId: string, stored: readonly Stored[]): Promise<Map<string, string>> {
  const wanted = stored.map(({ id, account_id, notice }) => {
    const { legId, sid } = notice as Notice;
    return { id, account_id, leg_id: legId, sid };
  });
  const found = await rowsOf<{ id: string; call_id: string }>(
    tx,
    // Two joins, each by its index; with OR between them every leg would be looked at for every webhook.
    sql`WITH w AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
                     AS given (id text, account_id text, leg_id text, sid text))
        SELECT w.id, l.call_id FROM w JOIN call_legs l
          ON l.tenant_id = ${tenantId} AND l.id = w.leg_id AND l.account_id = w.account_id
        UNION ALL
        SELECT w.id, l.call_id FROM w JOIN call_legs l
          ON w.leg_id IS NULL AND l.tenant_id = ${tenantId} AND l.account_id = w.account_id AND l.sid = w.sid`,
  );
  return new Map(found.map(({ id, call_id }) => [id, call_id]));
}

async function mark(
  tx: Tx,
  tenantId: string,
  stored: readonly Stored[],
  unknown: ReadonlySet<string>,
  now: Date,
): Promise<void> {
  const done = stored.filter(({ id, attempts }) => !unknown.has(id) || attempts + 1 >= mostAttempts);
  await tx.execute(
    sql`UPDATE webhook_inbox SET done_at = ${now.toISOString()},
          error = CASE WHEN id = ANY(${sql.param([...unknown])}::bigint[]) THEN 'no leg of this name' END
        WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(done.map(({ id }) => id))}::bigint[])`,
  );
  if (unknown.size === 0) return;
  await tx.execute(
    sql`UPDATE webhook_inbox SET attempts = attempts + 1,
          due_at = ${now.toISOString()}::timestamptz + make_interval(secs => 0.25 * 2 ^ attempts)
        WHERE tenant_id = ${tenantId} AND done_at IS NULL AND id = ANY(${sql.param([...unknown])}::bigint[])`,
  );
}

/** Forgets webhooks that were applied long ago: one that is replayed after that finds its facts in the call. */
export async function tidyInbox({ db }: Pick<TelephonyDeps, "db">): Promise<void> {
  await inSystem(db, (tx) =>
    tx.execute(sql`DELETE FROM webhook_inbox WHERE done_at < now() - make_interval(days => ${doneKeptDays})`),
  );
}
