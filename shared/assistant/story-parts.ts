import type { CollectionName, RecordOf } from "../entities/collections.ts";
import type { CallReport, Insight } from "../entities/insight.ts";
import type { Lead } from "../entities/lead.ts";
import { byDue, dueIn } from "../tasks/whole-day.ts";
import { newest, type LeadStory } from "./story.ts";

/** What a story is read from. Conditions and orders are SQL over `doc`, the same on the server and on a desk. */
export const storyParts = {
  tasks: part("tasks", "doc->>'doneAt' IS NULL", "doc->>'dueAt' ASC NULLS LAST", newest.tasks),
  deals: part("deals", "true", "doc->>'createdAt' DESC", newest.deals),
  calls: part("calls", "true", "doc->>'startedAt' DESC", newest.calls),
  reports: part("insights", "doc->>'kind' = 'report'", "doc->>'at' DESC", newest.reports),
  notes: part("activities", "doc->>'kind' = 'note'", "doc->>'at' DESC", newest.notes),
  messages: part("messages", "true", "doc->>'at' DESC", newest.messages),
  // Those that are over are left out afterwards.
  appointments: part("appointments", "doc->>'status' = 'planned'", "doc->>'startAt' DESC", 20),
  tickets: part("tickets", "true", "doc->>'createdAt' DESC", newest.tickets),
} as const;

/** A change in any of these may change somebody's story. */
export const storyCollections: readonly CollectionName[] = [
  ...new Set(["leads" as const, ...Object.values(storyParts).map(({ collection }) => collection)]),
];

type StoryPart<C extends CollectionName> = { collection: C; where: string; order: string; limit: number };

function part<C extends CollectionName>(
  collection: C,
  where: string,
  order: string,
  limit: number,
): StoryPart<C> {
  return { collection, where, order, limit };
}

type Parts = typeof storyParts;
/** Null = there is none. */
export type ReadParts = { [K in keyof Parts]: RecordOf<Parts[K]["collection"]>[] | null };
export type Around = Pick<LeadStory, "now" | "timeZone" | "agent" | "business" | "stages">;

export function assembleStory(lead: Lead, read: ReadParts, around: Around): LeadStory {
  const { tasks, deals, calls, reports, notes, messages, appointments, tickets } = read;
  const dueThere = dueIn(around.timeZone);
  return {
    ...around,
    lead,
    // As kept, noon in UTC would be the day after for a tenant in Auckland.
    tasks: (tasks ?? []).toSorted(byDue(dueThere)).map((task) => ({ ...task, dueAt: dueThere(task) })),
    deals: deals ?? [],
    calls: calls ?? [],
    reports: (reports ?? []).filter(isReport),
    notes: notes ?? [],
    messages: messages ?? [],
    appointments: (appointments ?? [])
      .filter(({ endAt }) => endAt >= around.now)
      .sort((a, b) => a.startAt.localeCompare(b.startAt))
      .slice(0, newest.appointments),
    tickets: tickets ?? [],
  };
}

function isReport(insight: Insight): insight is CallReport {
  return insight.kind === "report";
}
