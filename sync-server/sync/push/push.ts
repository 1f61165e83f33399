import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Edit } from "../../../shared/sync/edit.ts";
import { keysOf, wireScope } from "../../../shared/sync/audience.ts";
import type { PushRequest } from "../../../shared/sync/wire.ts";
import { inTenant, rowsOf, type Database, type Tx } from "../../database/index.ts";
import type { DeviceIdentity } from "../../http/identity.ts";
import { giveTeams, loadLogs, writeLogs } from "../call-log.ts";
import { moveDependants, type MovedParent } from "../cascade.ts";
import { deletedAmong, followGone, goAlong } from "../go-along.ts";
import { deriveAudience, keyOf, lockOrder, sameKeys, type Row, type RowSet } from "../rows.ts";
import { wantReports } from "../want-reports.ts";
import { wantScores } from "../want-scores.ts";
import { wantVectors } from "../want-vectors.ts";
import { LostRace, writeRows } from "../write-rows.ts";
import { answerTo } from "./answer.ts";
import { auditSettings } from "./audit.ts";
import { readFieldRules } from "./field-rules.ts";
import { findWorkedOn } from "./find-worked-on.ts";
import { forgetOutcomes, readOutcomes, writeOutcomes, type Outcome, type Outcomes } from "./outcomes.ts";
import { ParentMoved, lockBatch } from "./lock-batch.ts";
import { findSettingsInUse, forgetRemoved } from "./settings-in-use.ts";
import { takeEdit, type Batch } from "./take-edit.ts";

export type PushDeps = { db: Database; clock: Clock; feedEpoch: string };
export type Pushed = {
  /** The body of a `PushResponse`, as JSON text. */
  body: string;
  counts: Record<Outcome["outcome"] | "repeated", number>;
};

const mostAttempts = 8;
/** Some milliseconds. */
const sliceLength = 50;

/**
 * Takes a batch of edits in one transaction ([PUSH-8]) and answers each of them.
 * Where another transaction was in the way, it begins again; nothing of a failed attempt remains.
 * Refused whole where the device has pulled from what was here before a restore ([REST-5]).
 */
export async function push(
  deps: PushDeps,
  identity: DeviceIdentity,
  request: PushRequest,
): Promise<Result<Pushed, { code: "scope-changed"; scope: string }>> {
  const { epoch = deps.feedEpoch } = request;
  if (epoch !== deps.feedEpoch) {
    return err({ code: "scope-changed", scope: wireScope(identity, deps.feedEpoch) });
  }
  return ok(await takeBatch(deps, identity, request));
}

async function takeBatch(deps: PushDeps, identity: DeviceIdentity, request: PushRequest): Promise<Pushed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTenant(deps.db, identity, (tx) => pushOnce(deps, identity, request, tx));
    } catch (error) {
      if (attempt === mostAttempts || !isTransient(error)) throw error;
    }
  }
}

async function pushOnce(
  { clock, feedEpoch }: PushDeps,
  identity: DeviceIdentity,
  request: PushRequest,
  tx: Tx,
): Promise<Pushed> {
  await waitForOwnPushes(tx, identity);
  const edits = distinct(request.edits);
  const known = await readOutcomes(tx, identity, edits);
  const rows = await lockBatch(tx, identity.tenantId, edits);
  const reported = edits.filter(({ kind }) => kind === "report").map(({ id }) => id);
  const logs = await loadLogs(tx, identity.tenantId, rows, [...new Set<string>(reported)]);
  const batch: Batch = {
    rows,
    actor: identity,
    author: { userId: identity.userId, deviceId: identity.deviceId },
    keys: new Set(keysOf(identity)),
    now: new Date(clock.now()).toISOString(),
    storedRules: await readFieldRules(tx, identity.tenantId, edits),
    workedOn: await findWorkedOn(tx, identity, edits, rows),
    inUse: await findSettingsInUse(tx, identity.tenantId, edits, rows),
    settings: [...rows.values()].filter(({ collection }) => collection === "settings"),
  };
  const audiencesBefore = new Map([...rows].map(([key, row]) => [key, row.audience]));
  const wereDeleted = deletedAmong(rows.values());
  const fresh = await takeAll(batch, edits, known);
  if (reported.length > 0) await giveTeams(tx, identity.tenantId, rows);
  const moved = settleAudiences(rows, audiencesBefore);
  await followGone(tx, identity.tenantId, rows, batch.now);
  await writeRows(tx, identity.tenantId, rows.values());
  await writeLogs(tx, identity.tenantId, rows, logs, batch.now);
  await moveDependants(tx, identity.tenantId, moved, new Set(rows.keys()));
  await goAlong(tx, identity.tenantId, rows.values(), wereDeleted, batch.now);
  await forgetRemoved(tx, identity.tenantId, edits, rows, fresh);
  await wantReports(tx, identity.tenantId, toldOf(edits, fresh, rows), batch.now);
  await wantVectors(tx, identity.tenantId, rows.values(), batch.now);
  await wantScores(tx, identity.tenantId, rows.values(), batch.now);
  await writeOutcomes(tx, identity, fresh);
  await auditSettings(tx, identity, edits, fresh);
  await forgetOutcomes(tx, identity, request.settled);
  const readAs = { scope: wireScope(identity, feedEpoch), xid: await readXid(tx) };
  const body = answerTo(batch, edits, new Map([...known, ...fresh]), readAs);
  return { body, counts: countOutcomes(known, fresh) };
}

/**
 * Calls of which somebody has said how they came out, with whom they were, or what was done in them: a report made at
 * the end did not know.
 */
function toldOf(edits: readonly Edit[], fresh: Outcomes, rows: RowSet): string[] {
  return edits
    .filter(({ editId }) => (fresh.get(editId)?.outcome ?? "refused") !== "refused")
    .flatMap((edit) => {
      if (edit.collection === "insights") return callTickedIn(rows.get(keyOf(edit))) ?? [];
      const isTold = edit.kind === "update" && ("disposition" in edit.changes || "leadId" in edit.changes);
      return edit.collection === "calls" && isTold ? [edit.id] : [];
    });
}

function callTickedIn(row: Row | undefined): string | null {
  const doc = row?.master?.doc;
  const callId = doc?.["kind"] === "item-tick" ? doc["callId"] : null;
  return typeof callId === "string" ? callId : null;
}

/** [PUSH-9] The number under which the feed will tell what this transaction wrote; its rows are locked until then. */
async function readXid(tx: Tx): Promise<string> {
  const [row] = await rowsOf<{ xid: string }>(tx, sql`SELECT pg_current_xact_id()::text AS xid`);
  if (!row) throw new Error("a transaction without a number");
  return row.xid;
}

/** [PUSH-2] The same push sent twice at once: the second waits and then finds the first one's outcomes. */
async function waitForOwnPushes(tx: Tx, { tenantId, deviceId }: DeviceIdentity): Promise<void> {
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`push ${tenantId} ${deviceId}`}::text, 0))`,
  );
}

function distinct(edits: readonly Edit[]): Edit[] {
  return [...new Map(edits.map((edit) => [edit.editId, edit])).values()];
}

/** In slices: others are answered while somebody's import is taken. */
async function takeAll(batch: Batch, edits: readonly Edit[], known: Outcomes): Promise<Outcomes> {
  const fresh: Outcomes = new Map();
  for (const [index, edit] of edits.entries()) {
    if (!known.has(edit.editId)) fresh.set(edit.editId, takeEdit(batch, edit));
    if (index % sliceLength === sliceLength - 1) await setImmediate();
  }
  return fresh;
}

/** Derives once more what hangs on a record that moved later in the batch, parents first. */
function settleAudiences(rows: RowSet, before: ReadonlyMap<string, readonly string[]>): MovedParent[] {
  const moved: MovedParent[] = [];
  for (const row of inLockOrder(rows)) {
    deriveAudience(rows, row);
    const previous = before.get(keyOf(row));
    if (previous && previous.length > 0 && !sameKeys(previous, row.audience)) moved.push(row);
  }
  return moved;
}

function inLockOrder(rows: RowSet): Row[] {
  return [...rows.values()].sort((a, b) => lockOrder.indexOf(a.collection) - lockOrder.indexOf(b.collection));
}

function countOutcomes(known: Outcomes, fresh: Outcomes): Pushed["counts"] {
  const counts = { accepted: 0, merged: 0, refused: 0, repeated: known.size };
  for (const { outcome } of fresh.values()) counts[outcome] += 1;
  return counts;
}

/** Serialisation failure, deadlock (which the lock order should make impossible), or a race for the same id. */
const transientCodes = new Set(["40001", "40P01", "23505"]);

function isTransient(error: unknown): boolean {
  if (error instanceof LostRace || error instanceof ParentMoved) return true;
  const code = (error as { cause?: { code?: string } }).cause?.code ?? (error as { code?: string }).code;
  return code !== undefined && transientCodes.has(code);
}
