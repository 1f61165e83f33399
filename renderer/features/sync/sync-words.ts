import type { z } from "zod";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { RefusedEdit, syncStatus, WaitingEdit } from "../../../shared/rpc/contract/sync.ts";
import { fieldText } from "../../client/field-text.ts";
import type { Directory } from "../../client/directory.ts";
import { countOf, formatCount } from "../../ui/format/numbers.ts";
import { agoInWords, clockTimeExact, dayAndTimeInWords } from "../../ui/format/times.ts";
import { isLongText } from "./kept-words.ts";
import { diffLines, differenceInWords } from "./line-diff.ts";

export type SyncStatus = z.infer<(typeof syncStatus)["output"]>;

/** `shape`: what the dot shows; colour is for connected alone. */
export type ConnectionWords = { text: string; shape: "connected" | "working" | "off" };

/** The line beside the panel's title: "Connected, last change 14:21:58". */
export function connectionWords(status: SyncStatus, now: Date): ConnectionWords {
  const last = status.lastSyncedAt ? new Date(status.lastSyncedAt) : null;
  const lastText = last ? `last change ${clockTimeExact(last)}` : "nothing received yet";
  switch (status.phase) {
    case "live":
    case "first-sync":
      return { text: `Connected, ${lastText}`, shape: "connected" };
    case "catching-up":
      return { text: "Connected, catching up", shape: "connected" };
    case "starting":
      return { text: "Connecting", shape: "working" };
    case "rebuilding":
      return { text: "Putting this device’s copy in order", shape: "working" };
    case "offline":
      return { text: offlineText(status, now), shape: "off" };
    case "paused":
      return { text: "Paused by you", shape: "off" };
    case "stopped":
      return { text: "Stopped until you sign in again", shape: "off" };
  }
}

/** The status bar's first item, without its separators: ["First sync 61%", "7 unsent", "3 need you"]. */
export function statusBarWords(status: SyncStatus, now: Date): string[] {
  const need = status.refused + status.openKept;
  const unsent = status.waiting + status.refused;
  return [
    phaseWords(status, now),
    unsent > 0 ? `${formatCount(unsent)} unsent` : "",
    need > 0 ? `${formatCount(need)} ${need === 1 ? "needs" : "need"} you` : "",
  ].filter((part) => part !== "");
}

/** Why the desk works from this device alone, for the banner; null while it is connected. */
export function offlineWords(status: SyncStatus, now: Date): { title: string; detail: string } | null {
  if (status.phase !== "offline" && status.phase !== "paused" && status.phase !== "stopped") return null;
  const since = sinceWords(status, now);
  const contact = since ? `no connection since ${since}` : (lastSyncedWords(status, now) ?? "not synced yet");
  if (status.trouble) return { title: "Working from this device", detail: status.trouble };
  return {
    title: "Working from this device",
    detail: status.phase === "paused" ? `sync is paused, ${contact}` : contact,
  };
}

/** "next try in 3 s"; null when nothing is planned. */
export function nextTryWords(status: SyncStatus, now: Date): string | null {
  if (status.phase === "paused") return "paused";
  if (!status.nextTryAt) return status.phase === "live" && status.waiting > 0 ? "sending" : null;
  const seconds = Math.max(0, Math.ceil((Date.parse(status.nextTryAt) - now.getTime()) / 1000));
  return seconds === 0
    ? "trying now"
    : `next try in ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`;
}

/** What a first sync or rebuild is called and counts. */
export function progressWords(
  status: SyncStatus,
  term: Directory["term"],
): { label: string; unit: string } | null {
  if (!status.progress) return null;
  const { collection } = status.progress;
  return {
    label: status.phase === "rebuilding" ? "Putting in order" : "First sync",
    unit:
      collection === "leads" || collection === "deals" || collection === "listings"
        ? term(collection)
        : collection,
  };
}

/** What an edit did, without the record's name: "Stage, Qualified to Tour", "Note added, 2 lines". */
export function editWords(edit: WaitingEdit, directory: Directory, now: Date): string {
  if (edit.kind === "delete") return "Deleted";
  if (edit.kind === "restore") return "Brought back";
  if (edit.kind === "settle") return "Chose between two values";
  if (edit.kind === "create") return createdWords(edit);
  const [first, ...others] = edit.fields;
  if (!first) return "Changed";
  if (edit.collection === "tasks" && first.field === "doneAt")
    return first.to ? "Task done" : "Task open again";
  const label = directory.fieldLabel(edit.collection, first.field);
  if (others.length > 0) return `${label} and ${countOf(others.length, "more field")}`;
  if (isLongText(first.from) || isLongText(first.to)) {
    return `${label}, ${differenceInWords(diffLines(String(first.from ?? ""), String(first.to ?? "")))}`;
  }
  const read = (value: typeof first.to): string =>
    fieldText(directory, edit.collection, first.field, value, now, edit.allDay);
  return `${label}, ${read(first.from)} to ${read(first.to)}`;
}

/** What happened and what was kept, on one line: "One digit short for a US number. Kept here, not sent." */
export function refusalWords(edit: RefusedEdit): string {
  const message = edit.refusal.message.trim();
  return `${/[.!?]$/u.test(message) ? message : `${message}.`} Kept here, not sent.`;
}

function phaseWords(status: SyncStatus, now: Date): string {
  const last = status.lastSyncedAt ? new Date(status.lastSyncedAt) : null;
  switch (status.phase) {
    case "first-sync":
    case "rebuilding":
      return `${status.phase === "rebuilding" ? "Putting in order" : "First sync"}${shareText(status)}`;
    case "live":
      return last ? liveWords(last, now) : "Synced";
    case "catching-up":
      return "Catching up";
    case "starting":
      return "Connecting";
    case "offline":
      return sinceWords(status, now) ? offlineText(status, now) : "Offline";
    case "paused":
      return "Sync paused";
    case "stopped":
      return "Sync stopped";
  }
}

function offlineText(status: SyncStatus, now: Date): string {
  const since = sinceWords(status, now);
  return since
    ? `Offline since ${since}`
    : ["Offline", lastSyncedWords(status, now)].filter(Boolean).join(", ");
}

/** "12:20", "yesterday 22:05": when the connection went, which is not when the last change came. */
function sinceWords({ offlineSince }: SyncStatus, now: Date): string | null {
  return offlineSince && dayAndTimeInWords(new Date(offlineSince), now).replace(/^today /u, "");
}

function lastSyncedWords({ lastSyncedAt }: SyncStatus, now: Date): string | null {
  return lastSyncedAt && `last synced ${agoInWords(new Date(lastSyncedAt), now)}`;
}

/** Connected and quiet is no fault: what came long ago is called a change, so that nobody takes it for the last contact. */
function liveWords(last: Date, now: Date): string {
  const isFresh = now.getTime() - last.getTime() < 60_000;
  return isFresh ? `Synced ${agoInWords(last, now)}` : `Synced, last change ${agoInWords(last, now)}`;
}

function shareText({ progress }: SyncStatus): string {
  return progress?.total ? ` ${Math.floor((100 * progress.done) / progress.total)}%` : "";
}

function createdWords(edit: WaitingEdit): string {
  const field = (name: string): unknown => edit.fields.find((entry) => entry.field === name)?.to;
  if (edit.collection === "activities" && field("kind") === "note") {
    const lines = String(field("text") ?? "").split("\n").length;
    return `Note added, ${countOf(lines, "line")}`;
  }
  return `${singular[edit.collection] ?? "Record"} added`;
}

const singular: Partial<Record<WaitingEdit["collection"], string>> = {
  leads: "Lead",
  tasks: "Task",
  deals: "Deal",
  listings: "Listing",
  calls: "Call",
  appointments: "Appointment",
  activities: "Note",
  messages: "Message",
  settings: "Setting",
};

type FieldChange = RefusedEdit["fields"][number];

/**
 * The one field of a refused edit that can be given again on the spot; null where there is none, and its record must
 * be opened. A new record may have been refused for what is not in it.
 */
export function amendable(edit: RefusedEdit): FieldChange | null {
  if (edit.kind !== "update" && edit.kind !== "create") return null;
  const named = edit.fields.find(({ field }) => field === edit.refusal.field);
  const field = named ?? lackedBy(edit) ?? (edit.fields.length === 1 ? edit.fields[0] : undefined);
  return field && canBeGiven(field, edit) ? field : null;
}

function lackedBy({ kind, refusal }: RefusedEdit): FieldChange | undefined {
  if (kind !== "create" || !refusal.field) return undefined;
  return { field: refusal.field, from: null, to: null };
}

/** The tenant's own fields each have a control; of a record's own, those that are typed. */
function canBeGiven({ field, to }: FieldChange, { kind }: RefusedEdit): boolean {
  if (field.startsWith("custom.")) return true;
  if (isReference(field)) return false;
  return typeof to === "string" || typeof to === "number" || (to === null && kind === "create");
}

/** Text as the kind of value that stood there; a number that is none stays text, and the server says so. */
export function amendedValue(text: string, before: FieldValue): FieldValue {
  const typed = text.trim();
  if (typeof before !== "number") return typed;
  return typed !== "" && Number.isFinite(Number(typed)) ? Number(typed) : typed;
}

function isReference(path: string): boolean {
  return path === "stage" || path.endsWith("Id") || path.endsWith("At");
}
