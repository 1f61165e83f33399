import type { Activity, Appointment, Message } from "../../../shared/entities/activity.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { CollectionName } from "../../../shared/entities/collections.ts";
import type { Chat } from "../../../shared/entities/insight.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { Task } from "../../../shared/entities/task.ts";
import type { leadTimeline, TimelineItem, TimelineKind } from "../../../shared/rpc/contract/leads.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import { fold } from "../../../shared/text/fold.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Reads, Replica } from "../replica.ts";
import { concernsLead } from "./lead-profile.ts";
import {
  activityItem,
  appointmentItem,
  callItem,
  chatItem,
  keptItem,
  messageItem,
  taskItems,
  withMood,
  type StoryItem,
} from "./timeline-items.ts";

type Timeline = OutputOf<typeof leadTimeline>;
const sources = ["calls", "activities", "messages", "tasks", "appointments", "insights"] as const;
/** More than this of one kind is beyond what anybody scrolls through; the newest count. */
const mostOfOneKind = 2_000;

/** Everything that happened with a lead, newest first, whatever collection it lives in. */
export function createLeadTimeline({ reads, edits }: Replica): QueryHandler<typeof leadTimeline> {
  return liveQuery<typeof leadTimeline>(
    { reads },
    {
      dependsOn: ["leads", ...sources],
      affects: (change, { id }) => concernsLead(change, id),
      read: (input) => readTimeline(reads, edits, input),
    },
  );
}

async function readTimeline(
  reads: Reads,
  edits: Replica["edits"],
  { id, kinds, search, limit }: ParsedInputOf<typeof leadTimeline>,
): Promise<Timeline> {
  const waiting = (collection: CollectionName, of: string) => edits.waitingFields(collection, of).length > 0;
  const found = matching(await readItems(reads, waiting, id), search);
  const chosen = kinds.length === 0 ? found : found.filter((item) => kinds.includes(filterKindOf(item)));
  chosen.sort((a, b) => b.at.localeCompare(a.at) || (a.id < b.id ? 1 : -1));
  return {
    items: chosen.slice(0, limit).map(withMood),
    counts: countKinds(found),
    more: chosen.length > limit,
  };
}

async function readItems(
  reads: Reads,
  waiting: (collection: CollectionName, id: string) => boolean,
  leadId: string,
): Promise<StoryItem[]> {
  const lead = await reads.get("leads", leadId as Lead["id"]);
  const calls = await readOfLead<Call>(reads, "calls", leadId);
  const activities = await readOfLead<Activity>(reads, "activities", leadId);
  const messages = await readOfLead<Message>(reads, "messages", leadId);
  const tasks = await readOfLead<Task>(reads, "tasks", leadId);
  const appointments = await readOfLead<Appointment>(reads, "appointments", leadId);
  const chats = await readOfLead<Chat>(reads, "insights", leadId, "id >= 'chat:' and id < 'chat;'");
  return [
    ...calls.map((call) => callItem(call, waiting("calls", call.id))),
    ...activities.map((activity) => activityItem(activity, waiting("activities", activity.id))),
    ...messages.map((message) => messageItem(message, waiting("messages", message.id))),
    ...tasks.flatMap((task) => taskItems(task, waiting("tasks", task.id))),
    ...appointments.map((appointment) =>
      appointmentItem(appointment, waiting("appointments", appointment.id)),
    ),
    ...chats.map((chat) => chatItem(chat, waiting("insights", chat.id))),
    ...(lead?.kept ?? []).map((kept) => keptItem(kept, lead as Lead)),
  ];
}

async function readOfLead<R>(
  reads: Reads,
  collection: (typeof sources)[number],
  leadId: string,
  which = "true",
): Promise<R[]> {
  const rows = await reads.sql<{ doc: R }>(
    `select ${recordSql} as doc from ${reads.table(collection)}
     where not deleted and ${which} and doc->>'leadId' = $1 order by id desc limit ${mostOfOneKind}`,
    [leadId],
  );
  return rows.map(({ doc }) => doc);
}

/** Kept values are changes to a person who filters. */
function filterKindOf(item: TimelineItem): TimelineKind {
  return item.kind === "kept" ? "change" : item.kind;
}

function countKinds(items: readonly TimelineItem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[filterKindOf(item)] = (counts[filterKindOf(item)] ?? 0) + 1;
  return counts;
}

/** Every word has to stand somewhere in the item. */
function matching(items: StoryItem[], search: string): StoryItem[] {
  const words = fold(search).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return items;
  return items.filter((item) => {
    const text = fold(textOf(item));
    return words.every((word) => text.includes(word));
  });
}

function textOf(item: TimelineItem): string {
  switch (item.kind) {
    case "call":
      return [item.call.notes, item.call.summary, item.call.disposition, item.call.from, item.call.to].join(
        " ",
      );
    case "note":
      return item.text;
    case "email":
    case "message":
      return `${item.subject} ${item.text}`;
    case "task":
      return item.title;
    case "appointment":
      return `${item.title} ${item.place}`;
    case "change":
      return [
        item.title,
        ...item.changes.flatMap(({ field, from, to }) => [field, plain(from), plain(to)]),
      ].join(" ");
    case "kept":
      return [item.kept.field, plain(item.kept.value), plain(item.stands)].join(" ");
  }
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
