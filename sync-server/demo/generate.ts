import type { AnyRecord, CollectionName, RecordOf } from "../../shared/entities/collections.ts";
import type { Instant } from "../../shared/entities/fields.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import { calendarAt } from "./calendar.ts";
import { demoTimeZone, northgateSettings } from "./configuration.ts";
import { featuredLeads } from "./featured-leads.ts";
import { generateLeads, type LeadOwner } from "./leads.ts";
import { northgateListings } from "./listings.ts";
import { mariaStory, withTwoBudgets } from "./maria.ts";
import { accountsTeam, ana, ben, daniel, mei, newBusiness, priya, tom } from "./people.ts";
import { rollDice, seedOf } from "./random.ts";
import type { Story } from "./records.ts";
import { tellStory } from "./story.ts";

/** A tenant's records by collection; collections that are left out are empty. */
export type TenantRecords = { [C in CollectionName]?: RecordOf<C>[] };

export type DemoPlan = { seed: number; leadCount: number; now: Instant };

const owners: readonly (readonly [LeadOwner, number])[] = [
  [{ userId: ana, teamId: newBusiness }, 25],
  [{ userId: ben, teamId: newBusiness }, 9],
  [{ userId: mei, teamId: newBusiness }, 15],
  [{ userId: tom, teamId: newBusiness }, 14],
  [{ userId: priya, teamId: newBusiness }, 10],
  [{ userId: daniel, teamId: accountsTeam }, 12],
  [{ userId: ben, teamId: accountsTeam }, 7],
  [{ userId: priya, teamId: accountsTeam }, 5],
  // Fresh from the website: everybody sees them until somebody takes them.
  [{ userId: null, teamId: null }, 3],
];

/**
 * Everything in the demo tenant but its people: pure, so the same plan always gives the same records, each valid
 * by its entity's schema and with dates that agree with each other and lie around `now`.
 */
export function generateNorthgate(plan: DemoPlan): TenantRecords {
  const calendar = calendarAt(plan.now, demoTimeZone);
  const listings = northgateListings(plan.seed, calendar);
  const featured = featuredLeads(calendar);
  const count = Math.max(0, plan.leadCount - featured.length);
  const drawn = generateLeads({ seed: plan.seed, count, now: plan.now, owners, hotShare: 0.06 });
  const told = [
    ...featured.map(({ lead, task, byHand }, index) => {
      const dice = rollDice(seedOf(plan.seed, -1 - index));
      if (!byHand) return close(lead, tellStory(lead, dice, calendar, listings, task));
      return close(withTwoBudgets(lead, calendar), mariaStory(lead, dice, calendar, listings));
    }),
    ...drawn.map((lead, index) => {
      const dice = rollDice(seedOf(plan.seed, 1_000_000 + index));
      return close(lead, tellStory(lead, dice, calendar, listings));
    }),
  ];
  return {
    settings: northgateSettings(calendar.workdayAt(-520, "09:00")),
    listings,
    leads: told.map(({ lead }) => lead),
    ...gather(told.map(({ story }) => story)),
  };
}

/** A lead was changed last when the last line of its story was written. */
function close(lead: Lead, story: Story): { lead: Lead; story: Story } {
  const moments = Object.values(story).flatMap((records: AnyRecord[]) => records.map((one) => one.updatedAt));
  const updatedAt = moments.reduce((last, at) => (at > last ? at : last), lead.updatedAt);
  return { lead: { ...lead, updatedAt }, story };
}

function gather(stories: Story[]): Story {
  return {
    calls: stories.flatMap(({ calls }) => calls),
    activities: stories.flatMap(({ activities }) => activities),
    tasks: stories.flatMap(({ tasks }) => tasks),
    deals: stories.flatMap(({ deals }) => deals),
    appointments: stories.flatMap(({ appointments }) => appointments),
    messages: stories.flatMap(({ messages }) => messages),
  };
}
