import { sql } from "drizzle-orm";
import { isOfOwnExchange, type CallState } from "../../shared/calls/call.ts";
import type { CallEvent } from "../../shared/calls/call-event.ts";
import { identityOf } from "../../shared/calls/fold-call.ts";
import { addToCall, type Touch } from "../../shared/sync/apply-edit.ts";
import type { Doc } from "../../shared/sync/fields.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { addJobs } from "../jobs/index.ts";
import { moveDependants } from "./cascade.ts";
import { keyOf, lockRows, placeRecord, sameKeys, type Row, type RowSet } from "./rows.ts";
import { wantReports } from "./want-reports.ts";
import { wantScores } from "./want-scores.ts";
import { writeRows } from "./write-rows.ts";

/** How much was said of each locked call before this transaction, by call id. */
export type LoadedLogs = ReadonlyMap<string, number>;

/** [CALL-2] Gives the locked calls what was said of them before. Their rows' locks keep others from adding. */
export async function loadLogs(
  tx: Tx,
  tenantId: string,
  rows: RowSet,
  callIds: readonly string[],
): Promise<LoadedLogs> {
  if (callIds.length === 0) return new Map();
  const said = await rowsOf<{ call_id: string; event: CallEvent }>(
    tx,
    sql`SELECT call_id, event FROM call_events
        WHERE tenant_id = ${tenantId} AND call_id = ANY(${sql.param([...callIds])}::text[])`,
  );
  const logs = Map.groupBy(said, ({ call_id }) => call_id);
  for (const id of callIds) {
    const row = rows.get(keyOf({ collection: "calls", id }));
    const log = (logs.get(id) ?? []).map(({ event }) => event);
    if (row?.master) row.master = { ...row.master, log };
  }
  return new Map(Array.from(logs, ([id, events]) => [id, events.length]));
}

/**
 * A call was given to a colleague at a company's own exchange: whether they have it is looked at by this job; its key is
 * the call (../telephony/unclaimed-calls.ts).
 */
export const givenJob = "call.given";
/** Whoever has it says so within a moment. */
const saidWithinMs = 2_000;

/** Stores what this transaction heard of calls, and asks for what follows an end or a handover: whoever told of it. */
export async function writeLogs(
  tx: Tx,
  tenantId: string,
  rows: RowSet,
  loaded: LoadedLogs,
  now: string,
): Promise<void> {
  const fresh = [...rows.values()].flatMap(({ id, master }) =>
    (master?.log ?? []).slice(loaded.get(id) ?? 0).map((event) => ({
      call_id: id,
      identity: identityOf(event),
      event,
    })),
  );
  if (fresh.length === 0) return;
  await tx.execute(
    sql`INSERT INTO call_events (tenant_id, call_id, identity, event, received_at)
        SELECT ${tenantId}, call_id, identity, event, ${now}
        FROM jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) AS given (call_id text, identity text, event jsonb)
        ON CONFLICT DO NOTHING`,
  );
  const ended = fresh.filter(({ event }) => event.type === "ended").map(({ call_id }) => call_id);
  await wantReports(tx, tenantId, ended, now);
  const given = fresh.filter(
    ({ call_id, event }) => event.type === "transfer-completed" && isAtExchange(rows, call_id),
  );
  const dueAt = new Date(Date.parse(now) + saidWithinMs);
  await addJobs(
    tx,
    Array.from(new Set(given.map(({ call_id }) => call_id)), (key) => ({
      tenantId,
      kind: givenJob,
      key,
      dueAt,
    })),
  );
}

function isAtExchange(rows: RowSet, id: string): boolean {
  const line = rows.get(keyOf({ collection: "calls", id }))?.master?.doc["line"] as
    CallState | null | undefined;
  return line ? isOfOwnExchange(line) : false;
}

/** [CALL-4] A call belongs to the team of whoever has it, so that their manager sees it. */
export async function giveTeams(tx: Tx, tenantId: string, rows: RowSet): Promise<void> {
  const orphans = [...rows.values()].filter(
    ({ collection, state, master }) =>
      collection === "calls" && state !== "same" && typeof master?.doc["agentId"] === "string",
  );
  if (orphans.length === 0) return;
  const people = orphans.map(({ master }) => `person:${String(master?.doc["agentId"])}`);
  const found = await rowsOf<{ id: string; team: string | null }>(
    tx,
    sql`SELECT id, doc->'teamIds'->>0 AS team FROM settings
        WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(people)}::text[]) AND NOT deleted`,
  );
  const teams = new Map(found.map(({ id, team }) => [id, team]));
  for (const row of orphans) giveTeam(rows, row, teams);
}

function giveTeam(rows: RowSet, row: Row, teams: ReadonlyMap<string, string | null>): void {
  if (row.master === null) return;
  const teamId = teams.get(`person:${String(row.master.doc["agentId"])}`) ?? null;
  if (teamId === null || row.master.doc["teamId"] === teamId) return;
  placeRecord(rows, row, { ...row.master, doc: { ...row.master.doc, teamId } as Doc });
}

/** In whose name the server speaks of calls: no device of anybody's. */
const server = "server" as Touch["deviceId"];

/**
 * Adds what carriers and the server itself say of calls, once each, and writes the calls anew. For webhooks, jobs and
 * control; call it inside `inTenant`.
 *
 * @param said events by call id; calls that nobody has heard of are made
 * @param now ISO 8601
 * @returns the calls as they are now, by id
 */
export async function takeCallEvents(
  tx: Tx,
  tenantId: string,
  said: ReadonlyMap<string, readonly CallEvent[]>,
  { now }: { now: string },
): Promise<Map<string, CallState>> {
  const ids = [...said.keys()];
  const rows = await lockRows(tx, tenantId, await withLeads(tx, tenantId, said));
  const loaded = await loadLogs(tx, tenantId, rows, ids);
  const before = new Map([...rows].map(([key, { audience }]) => [key, audience]));
  const states = new Map<string, CallState>();
  for (const [id, events] of said) {
    const row = rows.get(keyOf({ collection: "calls", id }));
    if (row === undefined) throw new Error(`call ${id} was not locked`);
    const touch = {
      rev: (row.master?.doc.rev ?? 0) + 1,
      deviceId: server,
      byId: "" as Touch["byId"],
      at: now,
    };
    hear(rows, row, addToCall(row.master, id, events, touch));
    states.set(id, row.master?.doc["line"] as CallState);
  }
  await giveTeams(tx, tenantId, rows);
  await writeRows(tx, tenantId, rows.values());
  await writeLogs(tx, tenantId, rows, loaded, now);
  const moved = [...rows].flatMap(([key, row]) => {
    const previous = before.get(key) ?? [];
    return previous.length > 0 && !sameKeys(previous, row.audience) ? [row] : [];
  });
  await moveDependants(tx, tenantId, moved, new Set(rows.keys()));
  await wantScores(tx, tenantId, rows.values(), now);
  return states;
}

/**
 * Holds a call and the lead that it hangs on, in the order of whoever adds to it: nobody tells of it meanwhile.
 * @returns its line; null = there is no such call, or it has none
 */
export async function lockCall(tx: Tx, tenantId: string, id: string): Promise<CallState | null> {
  const rows = await lockRows(tx, tenantId, await withLeads(tx, tenantId, new Map([[id, []]])));
  const master = rows.get(keyOf({ collection: "calls", id }))?.master;
  return master && !master.deleted ? ((master.doc["line"] ?? null) as CallState | null) : null;
}

/** Keeps a call that was told more; its record is written only where that changed something to see. */
export function hear(rows: RowSet, row: Row, told: NonNullable<Row["master"]>): void {
  if (row.master !== null && told.doc === row.master.doc) row.master = told;
  else placeRecord(rows, row, told);
}

/** The calls and the leads they hang on, which lock first. */
async function withLeads(
  tx: Tx,
  tenantId: string,
  said: ReadonlyMap<string, readonly CallEvent[]>,
): Promise<{ collection: "calls" | "leads"; id: string }[]> {
  const ids = [...said.keys()];
  const hanging = await rowsOf<{ lead: string }>(
    tx,
    sql`SELECT DISTINCT parent_id AS lead FROM calls
        WHERE tenant_id = ${tenantId} AND id = ANY(${sql.param(ids)}::text[]) AND parent_id IS NOT NULL`,
  );
  const named = [...said.values()]
    .flat()
    .flatMap((event) =>
      (event.type === "requested" || event.type === "offered") && event.leadId !== null
        ? [event.leadId as string]
        : [],
    );
  const leads = new Set([...hanging.map(({ lead }) => lead), ...named]);
  return [
    ...Array.from(leads, (id) => ({ collection: "leads" as const, id })),
    ...ids.map((id) => ({ collection: "calls" as const, id })),
  ];
}
