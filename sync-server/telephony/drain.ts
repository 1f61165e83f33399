import { sql } from "drizzle-orm";
import { inSlices, inSystem, rowsOf, type Tx } from "../database/index.ts";
import { summariseError } from "../http/index.ts";
import { isTransient, untilThrough } from "./attempts.ts";
import { nowOf, type TelephonyDeps } from "./deps.ts";
import { hearJoined } from "./hear-joined.ts";
import { hearLeg, timeOf } from "./hear-leg.ts";
import type { Leg, Line } from "./line.ts";
import { Notice } from "./notices.ts";
import { noteRecording } from "./recordings.ts";
import { lockLines, writeLines } from "./store.ts";
import { hearLost } from "./transcript/listen-again.ts";
import { isWithheld } from "./transcript/said-unagreed.ts";
import { isSaidToOthers, writeTranscript } from "./transcript/write-transcript.ts";
import { hearPickedUp } from "./voicemail.ts";

/** One transaction applies so many; more would hold the rows of too many calls. */
const batchSize = 200;
const lookEveryMs = 500;
/** A report may overtake the answer that names its leg; a leg that is unknown after that is none of ours. */
const mostAttempts = 8;
const doneKeptDays = 3;
const forgottenAtOnce = 2_000;

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
      while (!stopping && (await drainSome(deps)) === batchSize);
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
async function drainSome(deps: TelephonyDeps): Promise<number> {
  if (deps.db.isFull()) return 0;
  try {
    return await untilThrough(() => drainOnce(deps, apply));
  } catch (error) {
    // One that cannot be applied must not hold up everybody's.
    deps.log.error({ err: error }, "stored webhooks are applied one by one");
    return untilThrough(() => drainOnce(deps, applyEach));
  }
}

/** @returns how many were taken */
async function drainOnce(deps: TelephonyDeps, work: typeof apply): Promise<number> {
  const now = nowOf(deps);
  const { taken, notKept } = await inSystem(deps.db, async (tx) => {
    const rows = await rowsOf<Stored>(
      tx,
      sql`SELECT tenant_id, id::text AS id, account_id, notice, received_at::text AS received_at, attempts
          FROM webhook_inbox WHERE done_at IS NULL AND due_at <= ${now.toISOString()}
          ORDER BY due_at, id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`,
    );
    const dropped: Applied["notKept"] = new Map();
    for (const [tenantId, own] of Map.groupBy(rows, ({ tenant_id }) => tenant_id)) {
      const applied = await work(deps, tx, tenantId, own, now);
      await mark(tx, tenantId, own, applied.troubles, now);
      await forget(tx, tenantId, [...applied.notKept.keys()]);
      for (const [id, callId] of applied.notKept) dropped.set(id, callId);
    }
    return { taken: rows, notKept: dropped };
  });
  if (notKept.size > 0) {
    deps.metrics.notKept(notKept.size);
    deps.log.info({ sentences: notKept.size, callIds: [...new Set(notKept.values())] }, "what was said in calls that were given away, after somebody refused, or before somebody agreed, was not kept"); // prettier-ignore
  }
  for (const { received_at } of taken)
    deps.metrics.applied((now.getTime() - Date.parse(received_at)) / 1_000);
  return taken.length;
}

type Applied = {
  /** Why webhooks were not applied, by their ids: they are tried again. */
  troubles: Map<string, string>;
  /** The calls of those that tell words which may not be kept, by their ids. */
  notKept: Map<string, string>;
};

/** As `apply`, each for itself. */
async function applyEach(
  deps: TelephonyDeps,
  tx: Tx,
  tenantId: string,
  stored: readonly Stored[],
  now: Date,
): Promise<Applied> {
  const applied: Applied = { troubles: new Map(), notKept: new Map() };
  for (const one of stored) {
    try {
      const own = await tx.transaction((inner) => apply(deps, inner as unknown as Tx, tenantId, [one], now));
      for (const [id, why] of own.troubles) applied.troubles.set(id, why);
      for (const [id, callId] of own.notKept) applied.notKept.set(id, callId);
    } catch (error) {
      if (isTransient(error)) throw error;
      applied.troubles.set(one.id, summariseError(error));
    }
  }
  return applied;
}

async function apply(
  deps: TelephonyDeps,
  tx: Tx,
  tenantId: string,
  stored: readonly Stored[],
  now: Date,
): Promise<Applied> {
  const callOf = await findCalls(tx, tenantId, stored);
  const lines = await lockLines(tx, tenantId, [...new Set(callOf.values())].toSorted());
  const after = new Map(lines);
  const applied: Applied = { troubles: new Map(), notKept: new Map() };
  for (const one of stored) {
    const callId = callOf.get(one.id) ?? "";
    const line = after.get(callId);
    const notice = Notice.parse(one.notice);
    const receivedAt = new Date(one.received_at);
    const leg = line && findLeg(line, notice);
    if (!line || !leg) applied.troubles.set(one.id, "no leg of this name");
    else if (notice.kind === "transcript" && isSaidToOthers(line, notice, receivedAt))
      applied.notKept.set(one.id, callId);
    else if (notice.kind === "transcript" && (await isWithheld(tx, line, notice, receivedAt))) {
      const wordless = { ...notice, text: "", timing: [] };
      after.set(callId, await applyNotice(deps, tx, line, leg, wordless, receivedAt));
      applied.notKept.set(one.id, callId);
    } else after.set(callId, await applyNotice(deps, tx, line, leg, notice, receivedAt));
  }
  const changed = [...after.values()].filter((line) => line !== lines.get(line.call.callId));
  await writeLines(tx, tenantId, lines, changed, now);
  return applied;
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
      return hearJoined(line, leg, receivedAt);
    case "left": {
      // The customer leaves the room for a voicemail or another call too; everybody else is gone when they leave it.
      if (leg.role === "customer" || leg.purpose.merged) return line;
      const at = timeOf(notice.at, receivedAt, leg);
      return hearLeg(line, leg, { ...notice, status: "completed", machine: false, at });
    }
    case "picked-up":
      return hearPickedUp(line, leg, notice.by);
    case "recording":
      await noteRecording(tx, line, notice, nowOf(deps));
      return line;
    case "transcript":
      return writeTranscript(tx, line, leg, notice, receivedAt, nowOf(deps));
    case "transcript-stopped":
      return hearLost(line, leg);
  }
}

function findLeg(line: Line, { legId, sid }: Notice): Leg | undefined {
  return (
    line.legs.find((leg) => leg.id === legId) ??
    line.legs.find((leg) => leg.sid === sid) ??
    line.legs.find(({ purpose: { wentOverAs: over } }) => over && (over.legId === legId || over.sid === sid))
  );
}

/** What is kept of a leg is its own call's, also where it has gone over into another one since. */
const ofItsOwnCall: ReadonlySet<Notice["kind"]> = new Set(["recording", "transcript", "transcript-stopped"]);

/** By inbox id. */
async function findCalls(tx: Tx, tenantId: string, stored: readonly Stored[]): Promise<Map<string, string>> {
  const wanted = stored.map(({ id, account_id, notice }) => {
    const { kind, legId, sid } = notice as Notice;
    return { id, account_id, leg_id: legId, sid, own: ofItsOwnCall.has(kind) };
  });
  const found = await rowsOf<{ id: string; call_id: string }>(
    tx,
    // Two joins, each by its index; with OR between them every leg would be looked at for every webhook.
    sql`WITH w AS (SELECT * FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
                     AS given (id text, account_id text, leg_id text, sid text, own boolean))
        SELECT w.id, ${callOfIt} AS call_id FROM w JOIN call_legs l
          ON l.tenant_id = ${tenantId} AND l.id = w.leg_id AND l.account_id = w.account_id
        UNION ALL
        SELECT w.id, ${callOfIt} AS call_id FROM w JOIN call_legs l
          ON w.leg_id IS NULL AND l.tenant_id = ${tenantId} AND l.account_id = w.account_id AND l.sid = w.sid`,
  );
  return new Map(found.map(({ id, call_id }) => [id, call_id]));
}

const callOfIt = sql`CASE WHEN w.own THEN coalesce(l.purpose->'merged'->>'from', l.call_id) ELSE l.call_id END`;

async function mark(
  tx: Tx,
  tenantId: string,
  stored: readonly Stored[],
  troubles: Applied["troubles"],
  now: Date,
): Promise<void> {
  const done = stored.filter(({ id, attempts }) => !troubles.has(id) || attempts + 1 >= mostAttempts);
  const why = sql`${JSON.stringify(Object.fromEntries(troubles))}::jsonb ->> id::text`;
  await tx.execute(
    sql`UPDATE webhook_inbox SET done_at = ${now.toISOString()},
          error = ${why}
        WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(done.map(({ id }) => id))}::bigint[])`,
  );
  if (troubles.size === 0) return;
  await tx.execute(
    sql`UPDATE webhook_inbox SET attempts = attempts + 1, error = ${why},
          due_at = ${now.toISOString()}::timestamptz + make_interval(secs => 0.25 * 2 ^ attempts)
        WHERE tenant_id = ${tenantId} AND done_at IS NULL AND id = ANY(${sql.param([...troubles.keys()])}::bigint[])`,
  );
}

/** Nothing is kept of them here either. Told again they are dropped again. */
async function forget(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(
    sql`DELETE FROM webhook_inbox WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param([...ids])}::bigint[])`,
  );
}

/** Forgets webhooks that were applied long ago: one that is replayed after that finds its facts in the call. */
export async function tidyInbox({ db }: Pick<TelephonyDeps, "db">): Promise<void> {
  await inSlices(db, forgottenAtOnce, async (tx) => {
    const gone = await rowsOf(
      tx,
      sql`DELETE FROM webhook_inbox WHERE (tenant_id, id) IN (
            SELECT tenant_id, id FROM webhook_inbox WHERE done_at < now() - make_interval(days => ${doneKeptDays})
            LIMIT ${forgottenAtOnce})
          RETURNING 1`,
    );
    return gone.length;
  });
}
