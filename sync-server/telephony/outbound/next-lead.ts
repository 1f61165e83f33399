import { sql } from "drizzle-orm";
import { judgeDial } from "../../../shared/calls/compliance/judge-dial.ts";
import type { DialRules } from "../../../shared/calls/compliance/dial-rules.ts";
import { nextEntry } from "../../../shared/calls/outbound/next-entry.ts";
import type { CallListEntry } from "../../../shared/calls/outbound/entry.ts";
import type { NextAnswer, NobodyNext } from "../../../shared/calls/outbound/wire.ts";
import type { CallList } from "../../../shared/entities/setting.ts";
import { keysOf } from "../../../shared/sync/audience.ts";
import { inTenant, rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import { untilThrough } from "../attempts.ts";
import { countryOf, readBusiness, type OpeningHours } from "../business-hours.ts";
import { nowOf, type TelephonyDeps } from "../deps.ts";
import { gatherFacts } from "../dial-facts.ts";
import { readLead, type LeadToCall } from "../find-lead.ts";
import { dialRulesOf, readPhonePolicy } from "../policy.ts";
import { inTurn } from "./in-turn.ts";
import { asCampaign, eventOfBlock } from "./judge-entry.ts";
import { readLists, whyClosed, worksList } from "./lists.ts";
import { sayNobody } from "./nobody-next.ts";
import { offerOf } from "./offer.ts";
import { putOffSleepers, type DueLead } from "./put-off-sleepers.ts";
import { lockEntries, lockFreeEntry, writeEntry } from "./rows.ts";

/** Somebody is held for so long; a desk that still shows them asks again before. */
export const leaseMs = 3 * 60_000;
/** Looked at in one transaction, which holds the rows of those that it judges. */
const lookedAtOnce = 100;
/** In the evening of a whole country a list may be full of people whom nobody may call. */
const mostRounds = 10;

/**
 * Holds the next one to be called for this agent, by all rules as they are now: list, priority, promised times, then
 * whoever has waited longest. Who must not be called now is put off to when they may. No two agents get the same
 * person, whichever node they ask.
 * @param list null = all lists of this agent
 */
export async function giveNext(
  deps: TelephonyDeps,
  identity: Identity,
  list: string | null,
): Promise<NextAnswer> {
  for (let round = 1; ; round += 1) {
    const answer = await untilThrough(() =>
      inTenant(deps.db, identity, (tx) => look(tx, identity, list, nowOf(deps), round === mostRounds)),
    );
    if (answer !== "look on") return answer;
  }
}

/** What one look is about. */
type Search = {
  tx: Tx;
  identity: Identity;
  lists: ReadonlyMap<string, CallList>;
  country: string;
  rules: DialRules;
  now: Date;
};

async function look(
  tx: Tx,
  identity: Identity,
  wanted: string | null,
  now: Date,
  isLast: boolean,
): Promise<NextAnswer | "look on"> {
  const { tenantId } = identity;
  const business = await readBusiness(tx, tenantId);
  const own = (await readLists(tx, tenantId)).filter(
    (list) => worksList(identity, list) && (wanted === null || list.key === wanted),
  );
  const open = own.filter((list) => whyClosed(list, business, now.getTime()) === null);
  if (open.length === 0) return { found: false, nobody: sayClosed(own, business, now) };
  const country = countryOf(business);
  const rules = dialRulesOf(await readPhonePolicy(tx, tenantId), country);
  const lists = new Map(open.map((list) => [list.key, list]));
  const search: Search = { tx, identity, lists, country, rules, now };
  await letGo(search);
  const held = await keepHeld(search);
  if (held) return held;
  const due = await findDue(search);
  for (const id of await putOffSleepers(search, due)) {
    const answer = await tryOne(search, id);
    if (answer) return answer;
  }
  if (due.length === lookedAtOnce && !isLast) return "look on";
  return { found: false, nobody: await sayNobody(search) };
}

/** The first that opens again; lists that are paused say nothing of when. */
function sayClosed(lists: readonly CallList[], business: OpeningHours | null, now: Date): NobodyNext {
  if (lists.length === 0) return { why: "no-list" };
  const closed = lists.map((list) => whyClosed(list, business, now.getTime()));
  const waiting = closed.filter((one) => one?.why === "business-hours");
  if (waiting.length === 0) return { why: "paused" };
  return { why: "business-hours", at: waiting[0]?.until ?? null, zone: business?.timeZone ?? "UTC" };
}

/** A desk that lost its network is back within this time, or it is gone. */
const goneAfterSeconds = 45;

/**
 * Leases end by themselves, and at once where the desk is gone that held them; whoever turns to another list lets go of
 * whom they held of the last one.
 */
async function letGo({ tx, identity, lists, now }: Search): Promise<void> {
  const { tenantId, userId } = identity;
  await tx.execute(
    sql`UPDATE call_list_entries SET state = 'waiting', agent_id = NULL, reserved_until = NULL, changed_at = ${now.toISOString()}
        WHERE tenant_id = ${tenantId} AND id IN (
          SELECT id FROM call_list_entries
          WHERE tenant_id = ${tenantId} AND state = 'reserved' AND (reserved_until <= ${now.toISOString()}
            OR agent_id = ${userId} AND list_key <> ALL(${sql.param([...lists.keys()])}::text[])
            OR agent_id <> ${userId} AND ${isGone(tenantId)})
          ORDER BY id FOR UPDATE SKIP LOCKED)`,
  );
}

/**
 * Whoever holds an entry was at a desk since they asked for it, and is at none any more. One whose desk asks without a
 * stream is not known to be gone.
 */
function isGone(tenantId: string) {
  const lastSeen = sql`(SELECT max(d.last_seen_at) FROM devices d
    WHERE d.tenant_id = ${tenantId} AND d.user_id = call_list_entries.agent_id)`;
  const askedAt = sql`(reserved_until - make_interval(secs => ${leaseMs / 1_000}))`;
  return sql`(NOT EXISTS (SELECT FROM presence p WHERE p.tenant_id = ${tenantId} AND p.user_id = call_list_entries.agent_id)
    AND ${lastSeen} BETWEEN ${askedAt} AND now() - make_interval(secs => ${goneAfterSeconds}))`;
}

/** Whoever holds somebody keeps them, for longer. */
async function keepHeld(search: Search): Promise<NextAnswer | null> {
  const { tx, identity, lists } = search;
  const { tenantId, userId } = identity;
  const [held] = await lockEntries(tx, tenantId, sql`state = 'reserved' AND agent_id = ${userId}`);
  const list = held && lists.get(held.list);
  const lead = held ? await readLead(tx, identity, held.leadId) : null;
  return held && list && lead ? hold(search, held, list, lead) : null;
}

/** Who is due, in the order in which they are called; not locked yet. */
async function findDue({ tx, identity, lists, now }: Search): Promise<DueLead[]> {
  const keys = [...lists.keys()];
  const priorities = [...lists.values()].map(({ priority }) => priority);
  return rowsOf<DueLead>(
    tx,
    // Each list by its index, no further than what is looked at: lists may be long.
    sql`SELECT due.id, due.phone, due."timeZone", due.city
        FROM unnest(${sql.param(keys)}::text[], ${sql.param(priorities)}::int[]) AS list (key, rank)
        CROSS JOIN LATERAL (
          SELECT e.*, l.doc->>'phone' AS phone, l.doc->>'timeZone' AS "timeZone", l.doc->>'city' AS city
          FROM call_list_entries e
          JOIN leads l ON l.tenant_id = e.tenant_id AND l.id = e.lead_id
            AND NOT l.deleted AND l.audience && ${sql.param(keysOf(identity))}::text[]
          WHERE e.tenant_id = ${identity.tenantId} AND e.list_key = list.key AND e.state = 'waiting'
            AND coalesce(e.not_before, e.added_at) <= ${now.toISOString()}
            AND NOT EXISTS (
              SELECT FROM call_list_entries other WHERE other.tenant_id = e.tenant_id AND other.lead_id = e.lead_id
                AND other.state IN ('reserved', 'calling'))
          ORDER BY ${inTurn(sql`e`)} LIMIT ${lookedAtOnce}) due
        ORDER BY list.rank DESC, ${inTurn(sql`due`)}
        LIMIT ${lookedAtOnce}`,
  );
}

/** Judges one by the rules of calling as they are now. @returns null: not this one */
async function tryOne(search: Search, id: string): Promise<NextAnswer | null> {
  const { tx, identity, lists, rules, country, now } = search;
  const { tenantId } = identity;
  const entry = await lockFreeEntry(tx, tenantId, id);
  const list = entry ? lists.get(entry.list) : undefined;
  const lead = entry ? await readLead(tx, identity, entry.leadId) : null;
  // Changed by somebody else since it was found.
  if (!entry || !list || !lead || entry.now.state !== "waiting") return null;
  const asked = { to: lead.phone, leadId: entry.leadId };
  const facts = asCampaign(await gatherFacts(tx, identity, asked, country, now), entry, list);
  const verdict = judgeDial(facts, rules, now.getTime());
  if (verdict.kind === "allowed") return hold(search, entry, list, lead);
  const after = nextEntry(entry, eventOfBlock(verdict), list, now.toISOString());
  await writeEntry(tx, tenantId, entry, after, now);
  return null;
}

async function hold(
  { tx, identity, country, now }: Search,
  entry: CallListEntry,
  list: CallList,
  lead: LeadToCall,
): Promise<NextAnswer | null> {
  const until = new Date(now.getTime() + leaseMs).toISOString();
  const held = nextEntry(entry, { type: "reserved", by: identity.userId, until }, list, now.toISOString());
  await writeEntry(tx, identity.tenantId, entry, held, now);
  return held.now.state === "reserved" ? { found: true, lead: offerOf(held, list, lead, country) } : null;
}
