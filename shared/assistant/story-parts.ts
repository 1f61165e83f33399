import type { CollectionName, RecordOf } from "../entities/collections.ts";
import type { CallReport, Chat, Insight } from "../entities/insight.ts";
import type { Lead } from "../entities/lead.ts";
import { byDue, dueIn } from "../tasks/whole-day.ts";
import { newest, type LeadStory } from "./story.ts";

/** What a story is read from. Conditions and orders are SQL over `doc`, the same on the server and on a desk. */
export const storyParts = {
  tasks: part("tasks", "doc->>'doneAt' IS NULL", "doc->>'dueAt' ASC NULLS LAST", newest.tasks),
  deals: part("deals", "true", "doc->>'createdAt' DESC", newest.deals),
  calls: part("calls", "true", "doc->>'startedAt' DESC", newest.calls),
  reports: part("insights", "doc->>'kind' = 'report'", "doc->>'at' DESC", newest.reports),
  chats: part(
    "insights",
    "doc->>'kind' = 'chat' AND doc->>'outcome' <> 'spam'",
    "doc->>'at' DESC",
    newest.chats,
  ),
  notes: part("activities", "doc->>'kind' = 'note'", "doc->>'at' DESC", newest.notes),
  messages: part("messages", "true", "doc->>'at' DESC", newest.messages),
  // Those that are over are told among what was.
  appointments: part("appointments", "doc->>'status' = 'planned'", "doc->>'startAt' DESC", 20),
  pastAppointments: part(
    "appointments",
    "doc->>'status' <> 'planned'",
    "doc->>'startAt' DESC",
    newest.pastAppointments,
  ),
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
export type Around = Pick<LeadStory, "now" | "timeZone" | "agent" | "business" | "colleagues" | "stages">;

export function assembleStory(lead: Lead, read: ReadParts, around: Around): LeadStory {
  const { tasks, deals, calls, reports, chats, notes, messages, tickets } = read;
  const dueThere = dueIn(around.timeZone);
  return {
    ...around,
    lead,
    // As kept, noon in UTC would be the day after for a tenant in Auckland.
    tasks: (tasks ?? []).toSorted(byDue(dueThere)).map((task) => ({ ...task, dueAt: dueThere(task) })),
    deals: deals ?? [],
    calls: calls ?? [],
    reports: (reports ?? []).filter(isReport),
    chats: (chats ?? []).filter(isChat),
    notes: notes ?? [],
    messages: messages ?? [],
    ...parted(read, around.now),
    tickets: tickets ?? [],
  };
}

/** What lies ahead, and what was: a visit is over also where nobody has said what came of it. */
function parted(
  { appointments, pastAppointments }: ReadParts,
  now: string,
): Pick<LeadStory, "appointments" | "pastAppointments"> {
  const planned = (appointments ?? []).toSorted((a, b) => a.startAt.localeCompare(b.startAt));
  const over = planned.filter(({ endAt }) => endAt < now);
  return {
    appointments: planned.filter(({ endAt }) => endAt >= now).slice(0, newest.appointments),
    pastAppointments: [...(pastAppointments ?? []), ...over]
      .toSorted((a, b) => b.startAt.localeCompare(a.startAt))
      .slice(0, newest.pastAppointments),
  };
}

function isChat(insight: Insight): insight is Chat {
  return insight.kind === "chat";
}

function isReport(insight: Insight): insight is CallReport {
  return insight.kind === "report";
}
