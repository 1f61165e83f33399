import { inArray, sql } from "drizzle-orm";
import type { CallState } from "../../../shared/calls/call.ts";
import { nextEntry, type EntryEvent } from "../../../shared/calls/outbound/next-entry.ts";
import { outcomeOfCall } from "../../../shared/calls/outbound/outcome-of-call.ts";
import type { CallListEntry } from "../../../shared/calls/outbound/entry.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { inTenant, rowsOf, schema, type Tx } from "../../database/index.ts";
import type { Job } from "../../jobs/index.ts";
import { untilThrough } from "../attempts.ts";
import { nowOf, type TelephonyDeps } from "../deps.ts";
import { readLists } from "./lists.ts";
import { lockEntries, writeEntry } from "./rows.ts";

/** Calls whose end nobody told the server (a desk that reports later, a permit that was never used) are looked at. */
export const followAfterMs = 60_000;
/** A permit that was not used by then never will be. */
const unusedAfterMs = 5 * 60_000;
/** Nobody has heard of its end for so long: a desk that will not come back had it. */
const lostAfterMs = 24 * 3_600_000;

/** A call that is over. */
export type EndedCall = { callId: string; call: CallState; wasDialled: boolean };

/**
 * Moves on whoever was called from a list, and whoever of a list was reached by hand. Call it in the transaction that
 * ends the calls; told again, it finds nobody whom these calls are of.
 */
export async function followEnded(
  tx: Tx,
  tenantId: string,
  ended: readonly EndedCall[],
  now: Date,
): Promise<void> {
  const outbound = ended.filter(({ call }) => call.direction === "outbound");
  if (outbound.length === 0) return;
  const ids = outbound.map(({ callId }) => callId);
  const called = await lockEntries(tx, tenantId, inArray(schema.callListEntries.callId, ids));
  const met = await lockMet(tx, tenantId, outbound);
  if (called.length === 0 && met.length === 0) return;
  const lists = new Map((await readLists(tx, tenantId)).map((list) => [list.key, list]));
  for (const entry of called) await apply(tx, tenantId, entry, lists, endOf(entry, outbound), now);
  for (const { entry, callId } of met)
    await apply(tx, tenantId, entry, lists, { type: "met", callId: callId as RecordId }, now);
}

function endOf({ now }: CallListEntry, ended: readonly EndedCall[]): EntryEvent | null {
  const one = ended.find(({ callId }) => now.state === "calling" && callId === now.callId);
  const outcome = one ? outcomeOfCall(one.call, one.wasDialled) : null;
  return one && outcome ? { type: "called", callId: one.callId as RecordId, outcome } : null;
}

/** Whoever waits in a list and talked to us in a call that was none of a list's. */
async function lockMet(
  tx: Tx,
  tenantId: string,
  ended: readonly EndedCall[],
): Promise<{ entry: CallListEntry; callId: string }[]> {
  const reached = new Map(
    ended.flatMap(({ callId, call, wasDialled }) =>
      call.leadId !== null && outcomeOfCall(call, wasDialled) === "reached"
        ? [[call.leadId as string, callId] as const]
        : [],
    ),
  );
  if (reached.size === 0) return [];
  const calls = sql.param([...reached.values()]);
  const waiting = await lockEntries(
    tx,
    tenantId,
    sql`state IN ('waiting', 'reserved') AND lead_id = ANY(${sql.param([...reached.keys()])}::text[])
        AND NOT EXISTS (
          SELECT FROM call_list_entries own WHERE own.tenant_id = ${tenantId}
            AND (own.call_id = ANY(${calls}::text[]) OR own.last_call_id = ANY(${calls}::text[]))
            AND own.lead_id = call_list_entries.lead_id)`,
  );
  return waiting.map((entry) => ({ entry, callId: reached.get(entry.leadId) ?? "" }));
}

async function apply(
  tx: Tx,
  tenantId: string,
  entry: CallListEntry,
  lists: ReadonlyMap<string, CallList>,
  event: EntryEvent | null,
  now: Date,
): Promise<void> {
  const list = lists.get(entry.list);
  if (event) await writeEntry(tx, tenantId, entry, nextEntry(entry, event, list ?? once, now.toISOString()), now); // prettier-ignore
}

/** Of a list that was removed meanwhile: nobody is called again for it. */
const once = {
  maxAttempts: 1,
  retryMinutes: { "no-answer": null, busy: null, voicemail: null, failed: null },
};

type Followed = { line: CallState | null; dialled: boolean };

/** Job: sees to it that whoever was dialled from a list does not stay on the line for ever, however the call went. */
export async function followCall(
  deps: Pick<TelephonyDeps, "db" | "clock">,
  { tenantId, key: callId }: Pick<Job, "tenantId" | "key">,
): Promise<Date | void> {
  const now = nowOf(deps);
  const over = await untilThrough(() =>
    inTenant(deps.db, { tenantId }, async (tx) => {
      const entries = await lockEntries(tx, tenantId, inArray(schema.callListEntries.callId, [callId]));
      if (entries.length === 0) return true;
      const followed = await readCall(tx, tenantId, callId);
      const call = followed.line;
      if (call !== null && outcomeOfCall(call, followed.dialled) !== null) {
        await followEnded(tx, tenantId, [{ callId, call, wasDialled: followed.dialled }], now);
        return true;
      }
      if (!isGivenUp(followed, now)) return false;
      const event = { type: "called", callId: callId as RecordId, outcome: "not-dialled" } as const;
      for (const entry of entries) await apply(tx, tenantId, entry, new Map(), event, now);
      return true;
    }),
  );
  return over ? undefined : new Date(now.getTime() + followAfterMs);
}

/** The desk got its permit, and its call was never heard of again. */
function isGivenUp({ line, dialled }: Followed, now: Date): boolean {
  const ageMs = line === null ? lostAfterMs : now.getTime() - Date.parse(line.startedAt);
  return ageMs >= (dialled ? lostAfterMs : unusedAfterMs);
}

async function readCall(tx: Tx, tenantId: string, callId: string): Promise<Followed> {
  const [row] = await rowsOf<Followed>(
    tx,
    sql`SELECT (SELECT doc->'line' FROM calls WHERE tenant_id = ${tenantId} AND id = ${callId}) AS line,
          EXISTS (SELECT FROM call_legs WHERE tenant_id = ${tenantId} AND call_id = ${callId}
            AND role = 'customer' AND asked_at IS NOT NULL) AS dialled`,
  );
  const found = row ?? { line: null, dialled: false };
  // Desks with a line to a PBX of their own dial themselves: the server has no leg of the called telephone.
  return { ...found, dialled: found.dialled || found.line?.provider === "sip" };
}
