import { visitorWords } from "../../../shared/assistant/chats.ts";
import type { Activity, Appointment, Message } from "../../../shared/entities/activity.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { Chat } from "../../../shared/entities/insight.ts";
import type { Lead } from "../../../shared/entities/lead.ts";
import type { KeptValue } from "../../../shared/entities/record.ts";
import type { Task } from "../../../shared/entities/task.ts";
import { assertNever } from "../../../shared/result/result.ts";
import type { TimelineItem } from "../../../shared/rpc/contract/leads.ts";
import { rateText } from "../../../shared/sentiment/sentiment.ts";
import { readField } from "../../../shared/sync/fields.ts";

// Records as items of a lead's timeline.

/** `theirs`: what the other side wrote, where `text` holds more than that. */
export type StoryItem = TimelineItem & { theirs?: string };

export function callItem(call: Call, waiting: boolean): TimelineItem {
  return { kind: "call", id: call.id, at: call.startedAt, byId: call.agentId, waiting, call };
}

export function activityItem(activity: Activity, waiting: boolean): TimelineItem {
  const { id, at, byId, title, text, changes, kind } = activity;
  const base = { id, at, byId, waiting };
  switch (kind) {
    case "note":
      return { ...base, kind: "note", text };
    case "email":
      return {
        ...base,
        kind: "email",
        direction: "outbound",
        subject: title,
        text,
        status: "sent",
        openedCount: 0,
        sentiment: "",
      };
    case "change":
    case "created":
    case "deleted":
    case "restored":
    case "import":
    case "merge":
      return { ...base, kind: "change", what: kind, title, changes };
    default:
      return assertNever(kind);
  }
}

export function messageItem(message: Message, waiting: boolean): TimelineItem {
  const { id, at, byId, direction, subject, text, status, openedCount, channel } = message;
  const kind = channel === "email" ? "email" : "message";
  return { kind, id, at, byId, waiting, direction, subject, text, status, openedCount, sentiment: "" };
}

/** With the mood of what they wrote. Only for what is shown: reckoning takes longer than reading. */
export function withMood({ theirs, ...item }: StoryItem): TimelineItem {
  const isWritten = item.kind === "email" || item.kind === "message";
  if (!isWritten || item.direction === "outbound") return item;
  return { ...item, sentiment: moodOf(theirs ?? item.text) };
}

function moodOf(text: string): Call["sentiment"] {
  return text.trim() === "" ? "" : rateText(text).sentiment;
}

/** A conversation with a visitor is one item, with all that was said. */
export function chatItem(
  { id, at, agentId, botName, turns, told, phase }: Chat,
  waiting: boolean,
): StoryItem {
  const names = { visitor: told.name || "Visitor", bot: botName, person: "We" };
  const text = turns.map((turn) => `${names[turn.by]}: ${turn.text}`).join("\n");
  const status = phase === "ended" ? "replied" : "received";
  const base = { kind: "message", id, at, byId: agentId, waiting, direction: "inbound" } as const;
  return {
    ...base,
    subject: `Chat on the website (${botName})`,
    text: text.slice(0, 50_000),
    status,
    openedCount: 0,
    sentiment: "",
    theirs: visitorWords({ turns }).join("\n"),
  };
}

/** A task is in the story twice: when somebody planned it, and when it was done. */
export function taskItems(task: Task, waiting: boolean): TimelineItem[] {
  const base = { kind: "task", byId: task.assigneeId, title: task.title, waiting } as const;
  const added: TimelineItem = { ...base, id: task.id, at: task.createdAt, what: "added" };
  if (task.doneAt === null) return [added];
  return [added, { ...base, id: `${task.id}:done`, at: task.doneAt, what: "done" }];
}

export function appointmentItem(appointment: Appointment, waiting: boolean): TimelineItem {
  const { id, startAt, assigneeId, title, place, status } = appointment;
  return { kind: "appointment", id, at: startAt, byId: assigneeId, waiting, title, place, status };
}

export function keptItem(kept: KeptValue, lead: Lead): TimelineItem {
  const stands = kept.field === "deleted" ? false : readField(lead, kept.field);
  return { kind: "kept", id: kept.id, at: kept.at, byId: kept.byId, waiting: false, kept, stands };
}
