import { sql } from "drizzle-orm";
import { identifyNumber } from "../../../shared/calls/compliance/identify-number.ts";
import type { CallListEntry } from "../../../shared/calls/outbound/entry.ts";
import { nextEntry, type EntryEvent } from "../../../shared/calls/outbound/next-entry.ts";
import type { AddEntries, AddedEntries, AddRefusal, EntryMove } from "../../../shared/calls/outbound/wire.ts";
import { newRecordId, type RecordId } from "../../../shared/entities/id.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { keysOf } from "../../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../../database/index.ts";
import { Refused, type Identity } from "../../http/index.ts";
import { countryOf, readBusiness } from "../business-hours.ts";
import { overseesLists, readLists, worksList } from "./lists.ts";
import { insertEntries, lockEntry, lockLeads, writeEntry } from "./rows.ts";

/** Put back behind the others for so long. */
const skippedForMs = 30 * 60_000;

/** A list that this person may fill and empty. @throws Refused */
export async function listFor(tx: Tx, identity: Identity, key: string): Promise<CallList> {
  const list = (await readLists(tx, identity.tenantId)).find((one) => one.key === key && !one.archived);
  if (!list || !(overseesLists(identity) || worksList(identity, list)))
    throw new Refused("not-found", "There is no such call list.");
  return list;
}

/** Puts people into a list. Whoever was done with begins anew; whoever is in it stays as they are. */
export async function addLeads(
  tx: Tx,
  identity: Identity,
  list: CallList,
  { leadIds, priority, scheduledAt }: AddEntries,
  now: Date,
): Promise<AddedEntries> {
  const { tenantId, userId } = identity;
  const wanted = [...new Set(leadIds)];
  const refusals = await refuseSome(tx, identity, wanted);
  const standing = new Map((await lockLeads(tx, tenantId, list.key, wanted)).map((one) => [one.leadId, one]));
  const answer: AddedEntries = { added: [], already: [], refused: [] };
  const fresh: CallListEntry[] = [];
  for (const leadId of wanted) {
    const why = refusals.get(leadId);
    const before = standing.get(leadId);
    if (why) answer.refused.push({ leadId, why });
    else if (before && before.now.state !== "done") answer.already.push(leadId);
    else {
      answer.added.push(leadId);
      const entry = newEntry(before?.entryId ?? newRecordId(), list.key, leadId, { priority, scheduledAt }, now); // prettier-ignore
      if (before) await writeEntry(tx, tenantId, before, { ...entry, last: before.last }, now);
      else fresh.push(entry);
    }
  }
  await insertEntries(tx, tenantId, fresh, userId);
  return answer;
}

function newEntry(
  entryId: RecordId,
  list: string,
  leadId: RecordId,
  { priority, scheduledAt }: Pick<AddEntries, "priority" | "scheduledAt">,
  now: Date,
): CallListEntry {
  const because = scheduledAt === null ? ("new" as const) : ("asked" as const);
  return {
    ...{ entryId, list, leadId, priority, attempts: 0, last: null },
    addedAt: now.toISOString(),
    now: { state: "waiting", notBefore: scheduledAt, because },
  };
}

/** Who cannot be in a list, by lead; the rules of calling are asked again before each dial. */
async function refuseSome(
  tx: Tx,
  identity: Identity,
  leadIds: readonly RecordId[],
): Promise<Map<RecordId, AddRefusal>> {
  const country = countryOf(await readBusiness(tx, identity.tenantId));
  const seen = await rowsOf<{ id: RecordId; phone: string; asked: boolean }>(
    tx,
    sql`SELECT id, coalesce(doc->>'phone', '') AS phone, coalesce((doc->>'doNotCall')::boolean, false) AS asked
        FROM leads WHERE tenant_id = ${identity.tenantId} AND id = ANY(${sql.param([...leadIds])}::text[])
          AND NOT deleted AND audience && ${sql.param(keysOf(identity))}::text[]`,
  );
  const numbers = new Map(
    seen.flatMap(({ id, phone }) => {
      const number = identifyNumber(phone, country);
      return number.ok ? [[id, number.value.e164] as const] : [];
    }),
  );
  const listed = await findListedAmong(tx, identity.tenantId, [...numbers.values()]);
  const leads = new Map(seen.map((lead) => [lead.id, lead]));
  const whyNot = (id: RecordId): AddRefusal | null => {
    const lead = leads.get(id);
    const number = numbers.get(id);
    if (!lead) return "not-found";
    if (number === undefined) return "no-number";
    return lead.asked || listed.has(number) ? "do-not-call" : null;
  };
  return new Map(
    leadIds.flatMap((id) => {
      const why = whyNot(id);
      return why ? [[id, why] as const] : [];
    }),
  );
}

async function findListedAmong(tx: Tx, tenantId: string, numbers: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<{ number: string }>(
    tx,
    sql`SELECT number FROM do_not_call
        WHERE tenant_id = ${tenantId} AND number = ANY(${sql.param([...numbers])}::text[])`,
  );
  return new Set(rows.map(({ number }) => number));
}

/** Takes people out of a list. @returns who was in it; whoever is being called stays until the call is over */
export async function removeLeads(
  tx: Tx,
  { tenantId }: Identity,
  list: CallList,
  leadIds: readonly RecordId[],
  now: Date,
): Promise<RecordId[]> {
  const removed: RecordId[] = [];
  for (const entry of await lockLeads(tx, tenantId, list.key, leadIds)) {
    const after = nextEntry(entry, { type: "removed" }, list, now.toISOString());
    await writeEntry(tx, tenantId, entry, after, now);
    if (after !== entry) removed.push(entry.leadId);
  }
  return removed;
}

/**
 * What an agent does with somebody whom they hold; whoever sees to lists may do it to anybody in them.
 * @throws Refused `conflict` where a colleague has them by now
 */
export async function moveEntry(
  tx: Tx,
  identity: Identity,
  entryId: string,
  move: EntryMove,
  now: Date,
): Promise<void> {
  const { tenantId } = identity;
  const entry = await lockEntry(tx, tenantId, entryId);
  if (!entry) throw new Refused("not-found", "This person is in no list any more.");
  const list = await listFor(tx, identity, entry.list);
  const isTheirs = entry.now.state === "reserved" && entry.now.by === identity.userId;
  if (!isTheirs && !overseesLists(identity)) {
    // Asked twice, or too late to matter: nobody holds them.
    if (move.do === "release") return;
    throw new Refused("conflict", "A colleague has this person by now, or the list has gone on without you.");
  }
  const after = nextEntry(entry, eventOf(move, now), list, now.toISOString());
  await writeEntry(tx, tenantId, entry, after, now);
}

function eventOf(move: EntryMove, now: Date): EntryEvent {
  switch (move.do) {
    case "skip": {
      const until = new Date(now.getTime() + skippedForMs).toISOString();
      return { type: "put-off", until, because: "skipped" };
    }
    case "later":
      return { type: "put-off", until: move.at, because: "asked" };
    case "remove":
      return { type: "removed" };
    case "release":
      return { type: "released" };
  }
}
