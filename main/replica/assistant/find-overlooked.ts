import { daysSince } from "../../../shared/assistant/recommend/recommended.ts";
import {
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

/** Of somebody whose story may well hold what nobody has seen to. `key` null: only the story tells how it is named. */
export type Overlooked = { leadId: string; key: string | null; priority: number };

export type OverlookedPorts = StoryPorts & {
  /** This person's leads that came lately and that nobody has been in touch with, the newest first. */
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
    () => findNewLeads(ports, now),
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
  isOne: "one.doc->>'kind' = 'chat' and one.doc->>'outcome' <> 'spam' and one.doc->>'phase' <> 'person'",
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
       select id, doc->>'leadId' as "leadId", doc->>'expectedCloseOn' as at, doc->>'stage' as stage
       from ${reads.table("deals")}
       where doc->>'ownerId' = $1 and doc->>'expectedCloseOn' < $2 and not deleted
       order by doc->>'ownerId', doc->>'expectedCloseOn' desc limit ${mostLookedThrough}),
     late as (
       select distinct on ("leadId") id, "leadId", at from passed
       where stage = any($3) and "leadId" is not null order by "leadId", at desc)
     select * from late order by at desc limit ${mostOfAKind}`,
    [me.userId, today, open.map(({ key }) => key)],
  );
}

async function findNewLeads(
  { newLeads, replica }: OverlookedPorts,
  now: { now: string },
): Promise<Overlooked[]> {
  const leads = await replica.reads.getAll("leads", await newLeads(mostOfAKind));
  return Array.from(leads.values(), ({ id, createdAt }) => ({
    ...{ leadId: id, key: null },
    priority: signOfNewLead(0, daysSince(createdAt, now)).priority,
  }));
}
