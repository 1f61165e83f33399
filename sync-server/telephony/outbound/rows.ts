import { and, eq, inArray, type SQL } from "drizzle-orm";
import type { CallListEntry, EntryState } from "../../../shared/calls/outbound/entry.ts";
import type { RecordId, UserId } from "../../../shared/entities/id.ts";
import { schema, type Tx } from "../../database/index.ts";

const { callListEntries: table } = schema;
type EntryRow = typeof table.$inferSelect;

/** Locks and reads entries, in the order of their ids so that nobody waits in a circle. */
export async function lockEntries(tx: Tx, tenantId: string, which: SQL): Promise<CallListEntry[]> {
  const own = and(eq(table.tenantId, tenantId), which);
  const rows = await tx.select().from(table).where(own).orderBy(table.id).for("update");
  return rows.map(entryOf);
}

/** As they are, without a lock. */
export async function readRows(
  tx: Tx,
  tenantId: string,
  wanted: readonly { id: string }[],
): Promise<CallListEntry[]> {
  const ids = wanted.map(({ id }) => id);
  if (ids.length === 0) return [];
  const own = and(eq(table.tenantId, tenantId), inArray(table.id, ids));
  return (await tx.select().from(table).where(own)).map(entryOf);
}

export async function lockEntry(tx: Tx, tenantId: string, entryId: string): Promise<CallListEntry | null> {
  return (await lockEntries(tx, tenantId, eq(table.id, entryId)))[0] ?? null;
}

/** Locks an entry unless somebody else is at it: then it is theirs. */
export async function lockFreeEntry(
  tx: Tx,
  tenantId: string,
  entryId: string,
): Promise<CallListEntry | null> {
  const own = and(eq(table.tenantId, tenantId), eq(table.id, entryId));
  const [row] = await tx.select().from(table).where(own).for("update", { skipLocked: true });
  return row ? entryOf(row) : null;
}

/** Writes what has become of a locked entry. */
export async function writeEntry(
  tx: Tx,
  tenantId: string,
  before: CallListEntry,
  after: CallListEntry,
  now: Date,
): Promise<void> {
  if (after === before) return;
  await tx
    .update(table)
    .set({ ...columnsOf(after), changedAt: now })
    .where(and(eq(table.tenantId, tenantId), eq(table.id, after.entryId)));
}

/** Of these leads, who stands in the list, whatever came of them. */
export function lockLeads(tx: Tx, tenantId: string, list: string, leadIds: readonly string[]) {
  const which = and(eq(table.listKey, list), inArray(table.leadId, [...leadIds])) as SQL;
  return lockEntries(tx, tenantId, which);
}

export async function insertEntries(
  tx: Tx,
  tenantId: string,
  entries: readonly CallListEntry[],
  addedBy: string,
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry): EntryRow => {
    const { entryId: id, list: listKey, leadId } = entry;
    const changedAt = new Date(entry.addedAt);
    return { tenantId, id, listKey, leadId, addedBy, changedAt, ...columnsOf(entry) };
  });
  // Two people may add the same person at once: once is enough.
  await tx.insert(table).values(rows).onConflictDoNothing();
}

function entryOf(row: EntryRow): CallListEntry {
  const { lastOutcome: outcome, lastAt, lastCallId } = row;
  return {
    entryId: row.id as RecordId,
    list: row.listKey,
    leadId: row.leadId as RecordId,
    priority: row.priority,
    attempts: row.attempts,
    last:
      outcome && lastAt && lastCallId
        ? { outcome, at: lastAt.toISOString(), callId: lastCallId as RecordId }
        : null,
    addedAt: row.addedAt.toISOString(),
    now: stateOf(row),
  };
}

function stateOf(row: EntryRow): EntryState {
  const turn = { notBefore: row.notBefore?.toISOString() ?? null, because: row.because };
  const by = row.agentId as UserId;
  switch (row.state) {
    case "waiting":
      return { state: "waiting", ...turn };
    case "reserved":
      return { state: "reserved", ...turn, by, until: instantOf(row.reservedUntil) };
    case "calling":
      return { state: "calling", ...turn, by, callId: row.callId as RecordId };
    case "done":
      return { state: "done", why: row.doneWhy ?? "removed", at: row.changedAt.toISOString() };
  }
}

function instantOf(at: Date | null): string {
  if (at === null) throw new Error("a reservation without an end");
  return at.toISOString();
}

type Changing = Omit<EntryRow, "tenantId" | "id" | "listKey" | "leadId" | "addedBy" | "changedAt">;

function columnsOf({ priority, attempts, last, addedAt, now }: CallListEntry): Changing {
  const isOpen = now.state !== "done";
  return {
    priority,
    attempts,
    addedAt: new Date(addedAt),
    state: now.state,
    notBefore: isOpen && now.notBefore !== null ? new Date(now.notBefore) : null,
    because: isOpen ? now.because : "new",
    agentId: now.state === "reserved" || now.state === "calling" ? now.by : null,
    reservedUntil: now.state === "reserved" ? new Date(now.until) : null,
    callId: now.state === "calling" ? now.callId : null,
    doneWhy: now.state === "done" ? now.why : null,
    lastOutcome: last?.outcome ?? null,
    lastAt: last ? new Date(last.at) : null,
    lastCallId: last?.callId ?? null,
  };
}
