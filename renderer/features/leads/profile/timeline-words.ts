import type { TimelineItem } from "../../../../shared/rpc/contract/leads.ts";
import type { MoodShown } from "../../../ui/display/mood-mark.tsx";
import { formatDuration } from "../../../ui/format/times.ts";

type CallItem = Extract<TimelineItem, { kind: "call" }>;
type MailItem = Extract<TimelineItem, { kind: "email" | "message" }>;
type ChangeItem = Extract<TimelineItem, { kind: "change" }>;

/** What an item says after the name of whoever did it: "called, 7:48", "wrote a note". */
export function itemAction(item: TimelineItem): string {
  switch (item.kind) {
    case "call":
      return callAction(item.call);
    case "note":
      return "wrote a note";
    case "email":
    case "message":
      return mailAction(item);
    case "task":
      return item.what === "done" ? `finished the task “${item.title}”` : `added the task “${item.title}”`;
    case "appointment":
      return `${appointmentVerbs[item.status] ?? "booked"} “${item.title}”${item.place ? ` at ${item.place}` : ""}`;
    case "change":
      return changeAction(item);
    case "kept":
      return "";
  }
}

/** How they felt, by what was said or written; null = nothing says so. */
export function moodOf(item: TimelineItem): MoodShown | null {
  if (item.kind === "call") return item.call.sentiment || null;
  return item.kind === "email" || item.kind === "message" ? item.sentiment || null : null;
}

/** By whom a mood was found: nobody is to take it for what they said of themselves. */
export function moodSource(item: TimelineItem): string {
  return item.kind === "call"
    ? "By what was said in the call"
    : "By what they wrote, reckoned on this machine";
}

const appointmentVerbs: Record<string, string> = { done: "held", cancelled: "cancelled", missed: "missed" };

const endings: Partial<Record<CallItem["call"]["endReason"], string>> = {
  "no-answer": "no answer",
  busy: "busy",
  voicemail: "voicemail",
  failed: "the line failed",
  cancelled: "given up",
  declined: "declined",
};

function callAction({ direction, answeredAt, endedAt, endReason, line }: CallItem["call"]): string {
  if (!answeredAt) {
    return direction === "inbound" ? "missed a call" : `called, ${endings[endReason] ?? "no answer"}`;
  }
  const seconds = endedAt ? (Date.parse(endedAt) - Date.parse(answeredAt)) / 1000 : null;
  const verb = direction === "inbound" ? "took a call" : "called";
  if (seconds === null) return `${verb}, still talking`;
  const went = line?.mergedInto === undefined ? "" : ", then merged into another call";
  return `${verb}, ${formatDuration(seconds)}${went}`;
}

function mailAction({ direction, byId, subject, kind, openedCount }: MailItem): string {
  const what = subject === "" ? (kind === "email" ? "an e-mail" : "a message") : `“${subject}”`;
  // Nobody of ours by whom: it is told of whoever wrote it.
  if (direction === "inbound") return `${byId === null ? "wrote" : "received"} ${what}`;
  return `sent ${what}${openedWords(openedCount)}`;
}

function openedWords(count: number): string {
  if (count === 0) return "";
  return count === 1 ? "  opened once" : count === 2 ? "  opened twice" : `  opened ${count} times`;
}

function changeAction({ what, title, changes }: ChangeItem): string {
  if (what === "created") return "added this";
  if (what === "import") return title === "" ? "imported this" : `imported this from ${title}`;
  if (what === "deleted") return "deleted this";
  if (what === "restored") return "brought this back";
  return changes.length === 0 ? title || "changed this" : "changed";
}
