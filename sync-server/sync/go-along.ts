import { sql, type SQL } from "drizzle-orm";
import type { Touch } from "../../shared/sync/apply-edit.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { addJobs } from "../jobs/index.ts";
import { keyOf, type RecordKey, type Row, type RowSet } from "./rows.ts";

/** A call was deleted: what was said in it is erased for good, recordings included; its key is the call. */
export const eraseJob = "call.erase";

/** As long as desks keep what was taken from them ([REST-2]), a deletion can be taken back whole. */
export const erasedAfterMs = 7 * 86_400_000;

/** What was said in a call and what is known of it, in the order in which rows are locked. */
const spoken = ["insights", "segments"] as const;
type Spoken = (typeof spoken)[number];

/** Which of the rows were deleted before a transaction works on them. */
export function deletedAmong(rows: Iterable<Row>): ReadonlySet<Row> {
  return new Set([...rows].filter(({ master }) => master?.deleted));
}

/**
 * [EDIT-10] Segments and insights go with their call or their lead, and come back with it. Call it after the rows
 * were written.
 * @param wereDeleted as `deletedAmong` told before
 * @param now ISO 8601
 */
export async function goAlong(
  tx: Tx,
  tenantId: string,
  rows: Iterable<Row>,
  wereDeleted: ReadonlySet<Row>,
  now: string,
): Promise<void> {
  const turned = [...rows].filter(
    (row) =>
      (row.collection === "calls" || row.collection === "leads") &&
      (row.master?.deleted ?? false) !== wereDeleted.has(row),
  );
  const gone = turned.filter(({ master }) => master?.deleted);
  const back = turned.filter(({ master }) => !master?.deleted);
  for (const collection of spoken) {
    for (const parents of byCollection(gone)) await hide(tx, tenantId, collection, parents, now);
    for (const parents of byCollection(back)) await show(tx, tenantId, collection, parents, now);
  }
  if (gone.length > 0) await wantErasure(tx, tenantId, gone, now);
}

/**
 * [EDIT-10] What is told late of a call or a lead that is gone goes with it at once, and comes back with it. Call it
 * before the rows are written.
 * @param rows with the leads of what changes; calls that are not among them are looked up
 */
export async function followGone(tx: Tx, tenantId: string, rows: RowSet, now: string): Promise<void> {
  const told = [...rows.values()].filter(
    ({ collection, state, master }) =>
      (spoken as readonly string[]).includes(collection) && state !== "same" && !master?.deleted,
  );
  const gone = await readGoneCalls(tx, tenantId, rows, told);
  const isGone = (parent: RecordKey) =>
    parent.collection === "calls" ? gone.has(parent.id) : rows.get(keyOf(parent))?.master?.deleted;
  const wanted = new Set<string>();
  for (const row of told) {
    const marks = parentsOf(row).filter(isGone).map(markOf);
    if (row.master === null || marks.length === 0) continue;
    const touched = {
      ...row.master.touched,
      ...Object.fromEntries(marks.map((mark) => [mark, goneAt(now)])),
    };
    row.master = { ...row.master, deleted: true, touched };
    const callId = callIdOf(row);
    if (callId !== null) wanted.add(callId);
  }
  const dueAt = new Date(Date.parse(now) + erasedAfterMs);
  await addJobs(
    tx,
    Array.from(wanted, (key) => ({ tenantId, kind: eraseJob, key, dueAt })),
  );
}

function parentsOf(row: Row): RecordKey[] {
  const callId = callIdOf(row);
  return [
    ...(callId === null ? [] : [{ collection: "calls" as const, id: callId }]),
    ...(row.parentId === null ? [] : [{ collection: "leads" as const, id: row.parentId }]),
  ];
}

function callIdOf({ master }: Row): string | null {
  const callId = master?.doc["callId"];
  return typeof callId === "string" ? callId : null;
}

/** By id, as they are known in this transaction. */
async function readGoneCalls(
  tx: Tx,
  tenantId: string,
  rows: RowSet,
  told: readonly Row[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(told.flatMap((row) => callIdOf(row) ?? []))];
  const held = (id: string) => rows.get(keyOf({ collection: "calls", id }))?.master;
  const unread = ids.filter((id) => !held(id));
  const stored =
    unread.length === 0
      ? []
      : await rowsOf<{ id: string }>(
          tx,
          sql`SELECT id FROM calls
              WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(unread)}::text[]) AND deleted`,
        );
  return new Set([...ids.filter((id) => held(id)?.deleted), ...stored.map(({ id }) => id)]);
}

function byCollection(rows: readonly Row[]): Row[][] {
  return [...Map.groupBy(rows, ({ collection }) => collection).values()];
}

/** In `touched`, beside who wrote which field last: what the row went with. A row may go with its call and its lead. */
function markOf({ collection, id }: RecordKey): string {
  return `goneWith:${collection}/${id}`;
}

const isMarked = sql`EXISTS (SELECT FROM jsonb_object_keys(stored.touched) AS marks WHERE marks LIKE 'goneWith:%')`;

function hide(tx: Tx, tenantId: string, collection: Spoken, parents: Row[], now: string): Promise<void> {
  const touch = JSON.stringify(goneAt(now));
  return change(tx, tenantId, collection, parents, now, {
    which: sql`(NOT stored.deleted OR ${isMarked})`,
    to: sql`deleted = true, touched = stored.touched || jsonb_build_object(found.mark, ${touch}::jsonb)`,
  });
}

function goneAt(now: string): Touch {
  return { rev: 0, deviceId: "server" as Touch["deviceId"], byId: "" as Touch["byId"], at: now };
}

/** What was deleted for itself stays so, and so does what went with another one that is still away. */
function show(tx: Tx, tenantId: string, collection: Spoken, parents: Row[], now: string): Promise<void> {
  const left = sql`jsonb_object_keys(stored.touched - found.mark) AS marks WHERE marks LIKE 'goneWith:%'`;
  return change(tx, tenantId, collection, parents, now, {
    which: sql`stored.touched ? parents.mark`,
    to: sql`deleted = EXISTS (SELECT FROM ${left}), touched = stored.touched - found.mark`,
  });
}

/** @param parents of one collection, so that each row of `collection` belongs to one of them at most */
async function change(
  tx: Tx,
  tenantId: string,
  collection: Spoken,
  parents: readonly Row[],
  now: string,
  { which, to }: { which: SQL; to: SQL },
): Promise<void> {
  const ids = sql`${sql.param(parents.map(({ id }) => id))}::text[]`;
  const given = JSON.stringify(parents.map((row) => ({ parent: row.id, mark: markOf(row) })));
  const belongs =
    parents[0]?.collection === "calls"
      ? sql`SELECT id, call AS parent FROM ${sql.identifier(`ringside_${collection}_of`)}(${tenantId}, ${ids})`
      : sql`SELECT id, parent_id AS parent FROM ${sql.identifier(collection)}
            WHERE tenant_id = ${tenantId} AND parent_id = ANY(${ids})`;
  await tx.execute(
    sql`WITH parents AS MATERIALIZED (
          SELECT parent, mark FROM jsonb_to_recordset(${given}::jsonb) AS given (parent text, mark text)),
        belonging AS MATERIALIZED (${belongs}),
        found AS MATERIALIZED (
          SELECT stored.id, parents.mark FROM ${sql.identifier(collection)} AS stored
            JOIN belonging ON belonging.id = stored.id JOIN parents ON parents.parent = belonging.parent
          WHERE stored.tenant_id = ${tenantId} AND ${which} ORDER BY stored.id FOR UPDATE OF stored)
        UPDATE ${sql.identifier(collection)} AS stored SET ${to}, rev = stored.rev + 1,
          doc = stored.doc || jsonb_build_object('rev', stored.rev + 1, 'updatedAt', ${now}::text)
        FROM found WHERE stored.tenant_id = ${tenantId} AND stored.id = found.id`,
  );
}

async function wantErasure(tx: Tx, tenantId: string, gone: readonly Row[], now: string): Promise<void> {
  const dueAt = new Date(Date.parse(now) + erasedAfterMs);
  const leads = gone.filter(({ collection }) => collection === "leads").map(({ id }) => id);
  const ofLeads = await readCallsOf(tx, tenantId, leads);
  const calls = gone.filter(({ collection }) => collection === "calls").map(({ id }) => id);
  const keys = new Set([...calls, ...ofLeads.map(({ id }) => id)]);
  await addJobs(
    tx,
    Array.from(keys, (key) => ({ tenantId, kind: eraseJob, key, dueAt })),
  );
  const justGone = [...calls, ...ofLeads.filter(({ deleted }) => !deleted).map(({ id }) => id)];
  // A job may wait there from a deletion that was taken back: it would come too early for this one.
  await tx.execute(
    sql`UPDATE jobs SET due_at = ${dueAt.toISOString()}
        WHERE tenant_id = ${tenantId} AND kind = ${eraseJob} AND key = ANY(${sql.param(justGone)}::text[])`,
  );
}

async function readCallsOf(
  tx: Tx,
  tenantId: string,
  leads: readonly string[],
): Promise<{ id: string; deleted: boolean }[]> {
  if (leads.length === 0) return [];
  return rowsOf(
    tx,
    sql`SELECT id, deleted FROM calls
        WHERE tenant_id = ${tenantId} AND parent_id = ANY(${sql.param([...leads])}::text[])`,
  );
}

/**
 * Erases what was said in a call that is deleted, or whose lead is: rows stay, without their words, so that desks
 * that slept hear that they are gone. What was told of it in the moment in which it was deleted goes as well.
 * @returns whether it is deleted; false = it was restored meanwhile, and nothing was erased
 */
export async function eraseSpoken(tx: Tx, tenantId: string, callId: string): Promise<boolean> {
  const [call] = await rowsOf<{ gone: boolean }>(
    tx,
    sql`SELECT calls.deleted OR coalesce(leads.deleted, false) AS gone
        FROM calls LEFT JOIN leads ON leads.tenant_id = calls.tenant_id AND leads.id = calls.parent_id
        WHERE calls.tenant_id = ${tenantId} AND calls.id = ${callId} FOR UPDATE OF calls`,
  );
  if (!call?.gone) return false;
  for (const collection of spoken) {
    await tx.execute(
      sql`UPDATE ${sql.identifier(collection)} SET touched = '{}', deleted = true, rev = rev + 1,
            doc = jsonb_build_object('id', id, 'rev', rev + 1, 'callId', ${callId}::text)
          WHERE tenant_id = ${tenantId} AND doc->>'callId' = ${callId}`,
    );
  }
  return true;
}

/**
 * Erases what a deleted insight of no call says, as `eraseSpoken` does.
 * @returns whether it is deleted; false = it was restored meanwhile, and nothing was erased
 */
export async function eraseInsight(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const erased = await rowsOf(
    tx,
    sql`UPDATE insights SET touched = '{}', doc = jsonb_build_object('id', id, 'rev', rev)
        WHERE tenant_id = ${tenantId} AND id = ${id} AND deleted RETURNING id`,
  );
  return erased.length > 0;
}

/** Whether of an insight nothing is left but that it was there. */
export function isErased({ collection, master }: Pick<Row, "collection" | "master">): boolean {
  return collection === "insights" && master !== null && master.deleted && !("kind" in master.doc);
}
