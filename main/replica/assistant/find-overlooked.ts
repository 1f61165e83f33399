import { daysSince } from "../../../shared/assistant/recommend/recommended.ts";
import {
  firstTries,
  signDays,
  signOfChat,
  signOfLateDeal,
  signOfLetter,
  signOfMissedCall,
  signOfNewLead,
  type Sign,
} from "../../../shared/assistant/recommend/signs.ts";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import { dayOf } from "../../../shared/time/zone.ts";
import { giveWay } from "../live/slices.ts";
import type { StoryPorts } from "./read-subject.ts";

/** Of somebody whose story may well hold what nobody has seen to. */
export type Overlooked = Sign & { leadId: string };

export type OverlookedPorts = StoryPorts & {
  /** This person's leads that came lately and of whom no contact is noted, the newest first. */
  newLeads: (most: number) => Promise<string[]>;
};

/** Of each kind, the newest. */
const mostOfAKind = 100;
/** The newest of each kind on this device: a manager's holds what a whole team is written to. */
const mostLookedThrough = 400;

/**
 * Signs that somebody of this person's leads waits, the most urgent first: whoever called in vain, wanted a person in a
 * chat, wrote, is new, or has a deal whose day has passed. What became of each is told by their story alone. Bounded,
 * and by indexes only (open-database.ts), as it is looked for with every change.
 */
export async function findOverlooked(ports: OverlookedPorts): Promise<Overlooked[]> {
  const now = { now: new Date(ports.clock.now()).toISOString() };
  const kinds: (() => Promise<Overlooked[]>)[] = [
    async () => tell(await readHappened(ports, "calls", missedCalls), (id, at) => signOfMissedCall(id, daysSince(at, now))), // prettier-ignore
    async () => tell(await readHappened(ports, "insights", chats), (id, at) => signOfChat(id, daysSince(at, now))), // prettier-ignore
    async () => tell(await readHappened(ports, "messages", letters), (id, at) => signOfLetter(id, daysSince(at, now))), // prettier-ignore
    async () => tell(await readLateDeals(ports), signOfLateDeal),
    () => findNewLeads(ports),
  ];
  const found: Overlooked[] = [];
  for (const find of kinds) {
    found.push(...(await find()));
    // A statement of these takes some milliseconds.
    await giveWay();
  }
  return found.sort((a, b) => b.priority - a.priority);
}

type Found = { id: string; leadId: string; at: string };

function tell(found: readonly Found[], signOf: (id: string, at: string) => Sign): Overlooked[] {
  return found.map(({ id, leadId, at }) => ({ leadId, ...signOf(id, at) }));
}

/** When it was, and what of it has not been seen to: SQL over a row `one`; the first condition is that of an index. */
type Kind = { at: string; days: number; isOne: string; unlessLater: readonly Later[] };
type Later = { table: CollectionName; at: string; is: string };

const spoken: Later = { table: "calls", at: "startedAt", is: "later.doc->>'answeredAt' is not null" };
const written: Later = {
  ...{ table: "messages", at: "at" },
  is: "later.doc->>'direction' = 'outbound' and later.doc->>'status' not in ('draft', 'bounced')",
};
const missedCalls: Kind = {
  ...{ at: "startedAt", days: signDays.missedCall, unlessLater: [spoken] },
  isOne: "one.doc->>'direction' = 'inbound' and one.doc->>'answeredAt' is null",
};
const chats: Kind = {
  // What was done about it counts from its last word, which the story knows.
  ...{ at: "at", days: signDays.chat, unlessLater: [] },
  isOne: `one.doc->>'kind' = 'chat' and one.doc->>'outcome' <> 'spam' and one.doc->>'phase' <> 'person'
    and not one.doc->'turns' @> '[{"by": "person"}]'`,
};
const letters: Kind = {
  ...{ at: "at", days: signDays.letter, unlessLater: [spoken, written] },
  isOne: "one.doc->>'direction' = 'inbound'",
};

/** The last of each lead. */
async function readHappened(
  { replica: { reads, me }, clock }: OverlookedPorts,
  collection: CollectionName,
  { at, days, isOne, unlessLater }: Kind,
): Promise<Found[]> {
  const since = new Date(clock.now() - days * 86_400_000).toISOString();
  const unless = unlessLater.map(
    (later) => `and not exists (select from ${reads.table(later.table)} later where not later.deleted
      and later.doc->>'leadId' = newest."leadId" and later.doc->>'${later.at}' > newest.at and ${later.is})`,
  );
  // The newest first, by themselves and as their index has them: whatever the planner makes of the rest, it is of few.
  return reads.sql<Found>(
    `with newest as materialized (
       select one.id, one.doc->>'leadId' as "leadId", one.doc->>'${at}' as at from ${reads.table(collection)} one
       where ${isOne} and one.doc->>'${at}' > $1 and not one.deleted
       order by one.doc->>'${at}' desc limit ${mostLookedThrough}),
     waiting as (
       select distinct on (newest."leadId") newest.* from newest
       join ${reads.table("leads")} lead on lead.id = newest."leadId"
       where not lead.deleted and lead.doc->>'ownerId' = $2 ${unless.join(" ")}
       order by newest."leadId", newest.at desc)
     select * from waiting order by at desc limit ${mostOfAKind}`,
    [since, me.userId],
  );
}

/** Of open ones, and of each lead the one whose day was last. */
async function readLateDeals({ replica: { reads, me }, settings, clock }: OverlookedPorts): Promise<Found[]> {
  const open = settings.stages("deals").filter(({ outcome }) => outcome === "open");
  const today = dayOf(clock.now(), settings.business().timeZone);
  return reads.sql<Found>(
    `with passed as materialized (
       select id, doc->>'leadId' as "leadId", doc->>'expectedCloseOn' as at from ${reads.table("deals")}
       where doc->>'ownerId' = $1 and doc->>'expectedCloseOn' < $2 and doc->>'stage' = any($3)
         and doc->>'leadId' is not null and not deleted
       order by doc->>'ownerId', doc->>'expectedCloseOn' desc limit ${mostLookedThrough}),
     late as (
       select distinct on ("leadId") id, "leadId", at from passed order by "leadId", at desc)
     select * from late order by at desc limit ${mostOfAKind}`,
    [me.userId, today, open.map(({ key }) => key)],
  );
}

async function findNewLeads(ports: OverlookedPorts): Promise<Overlooked[]> {
  const { reads } = ports.replica;
  const nowMs = ports.clock.now();
  const now = new Date(nowMs).toISOString();
  const triesByLead = await readTries(ports, nowMs, await ports.newLeads(mostLookedThrough));
  const leads = await reads.getAll("leads", [...triesByLead.keys()]);
  return Array.from(leads.values(), ({ id, createdAt }) => ({
    leadId: id,
    ...signOfNewLead(triesByLead.get(id) ?? 0, daysSince(createdAt, { now })),
  }));
}

/**
 * How often those were tried who are to be called or tried again by now, as `firstContact` has it. Counted for each by
 * itself: a planner that joins would read every letter for the sake of a few leads.
 */
async function readTries(
  { replica: { reads } }: OverlookedPorts,
  nowMs: number,
  leadIds: readonly string[],
): Promise<Map<string, number>> {
  const hasNone = (table: CollectionName, is: string) =>
    `(select count(*) from (select from ${reads.table(table)}
      where doc->>'leadId' = asked.id and ${is} and not deleted limit 1) one) = 0`;
  const rows = await reads.sql<{ id: string; tries: number }>(
    `with chatted as materialized (
       select doc->>'leadId' as "leadId" from ${reads.table("insights")}
       where doc->>'kind' = 'chat' and doc->>'outcome' <> 'spam' and not deleted
       order by doc->>'at' desc limit ${mostLookedThrough})
     select asked.id, called.tries from unnest($1::text[]) with ordinality as asked(id, place), lateral (
       select count(*)::int as tries, count(doc->>'answeredAt') as answered, max(doc->>'startedAt') as "lastAt"
       from ${reads.table("calls")} where doc->>'leadId' = asked.id and not deleted) called
     where called.tries < ${firstTries.most} and called.answered = 0
       and coalesce(called."lastAt" <= $2, true)
       and ${hasNone("messages", "true")}
       and ${hasNone("appointments", "(doc->>'status' = 'done' or doc->>'status' = 'planned' and doc->>'endAt' >= $3)")}
       and not exists (select from chatted where chatted."leadId" = asked.id)
     order by asked.place limit ${mostOfAKind}`,
    [
      leadIds,
      new Date(nowMs - firstTries.hoursBetween * 3_600_000).toISOString(),
      new Date(nowMs).toISOString(),
    ],
  );
  return new Map(rows.map(({ id, tries }) => [id, tries]));
}
