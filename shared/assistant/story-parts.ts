import type { CollectionName, RecordOf } from "../entities/collections.ts";
import type { CallReport, Chat, Insight } from "../entities/insight.ts";
import type { Lead } from "../entities/lead.ts";
import { byDue, dueIn } from "../tasks/whole-day.ts";
import { newest, type LeadStory } from "./story.ts";

/**
 * What a story is read from at a time, in ms. Conditions and orders are SQL over `doc`, the same on the server and on a
 * desk. A visit is over also where nobody has said what came of it.
 */
export function storyPartsAt(nowMs: number) {
  const isOver = `doc->>'endAt' < '${new Date(nowMs).toISOString()}'`;
  return {
    ...lastingParts,
    appointments: part(
      "appointments",
      `doc->>'status' = 'planned' AND NOT ${isOver}`,
      "doc->>'startAt' ASC",
      newest.appointments,
    ),
    pastAppointments: part(
      "appointments",
      `(doc->>'status' <> 'planned' OR ${isOver})`,
      "doc->>'startAt' DESC",
      newest.pastAppointments,
    ),
  } as const;
}

const lastingParts = {
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
  tickets: part("tickets", "true", "doc->>'createdAt' DESC", newest.tickets),
} as const;

/** A change in any of these may change somebody's story. */
export const storyCollections: readonly CollectionName[] = [
  ...new Set(["leads" as const, ...Object.values(storyPartsAt(0)).map(({ collection }) => collection)]),
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

type Parts = ReturnType<typeof storyPartsAt>;
/** Null = there is none. */
export type ReadParts = { [K in keyof Parts]: RecordOf<Parts[K]["collection"]>[] | null };
export type Around = Pick<
  LeadStory,
  "now" | "timeZone" | "agent" | "business" | "currency" | "colleagues" | "offered" | "stages"
>;

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
    appointments: read.appointments ?? [],
    pastAppointments: read.pastAppointments ?? [],
    tickets: tickets ?? [],
  };
}

function isChat(insight: Insight): insight is Chat {
  return insight.kind === "chat";
}

function isReport(insight: Insight): insight is CallReport {
  return insight.kind === "report";
}
