import type { z } from "zod";
import type { OpenKept, RefusedEdit, syncStatus, WaitingEdit } from "../../../shared/rpc/contract/sync.ts";
import { fieldText } from "../../client/field-text.ts";
import type { Directory } from "../../client/directory.ts";
import { countOf, formatCount } from "../../ui/format/numbers.ts";
import { agoInWords, clockTime, clockTimeExact, timeLeft } from "../../ui/format/times.ts";
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
      return { text: last ? `Offline, last synced ${agoInWords(last, now)}` : "Offline", shape: "off" };
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
  const last = status.lastSyncedAt
    ? `last synced ${agoInWords(new Date(status.lastSyncedAt), now)}`
    : "not synced yet";
  if (status.trouble) return { title: "Working from this device", detail: status.trouble };
  return {
    title: "Working from this device",
    detail: status.phase === "paused" ? `sync is paused, ${last}` : last,
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

/** First sync or rebuild: what is here so far, how much of all it is, how long it takes yet. */
export function progressWords(
  status: SyncStatus,
  terms: Directory["term"],
): { title: string; count: string; left: string | null; share: number | null } | null {
  const { progress, phase } = status;
  if (!progress) return null;
  const noun = progress.collection === "leads" ? terms("leads") : progress.collection;
  const of =
    progress.total === null
      ? `${formatCount(progress.done)} ${noun} so far`
      : `${formatCount(progress.done)} of ${formatCount(progress.total)} ${noun}`;
  return {
    title: phase === "rebuilding" ? "Putting in order" : "First sync",
    count: of,
    left: timeLeft(progress.leftMs),
    share: progress.total ? Math.min(1, progress.done / progress.total) : null,
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
  if (isLong(first.from) || isLong(first.to)) {
    return `${label}, ${differenceInWords(diffLines(String(first.from ?? ""), String(first.to ?? "")))}`;
  }
  const read = (value: typeof first.to): string =>
    fieldText(directory, edit.collection, first.field, value, now);
  return `${label}, ${read(first.from)} to ${read(first.to)}`;
}

/** What happened and what was kept, on one line: "One digit short for a US number. Kept here, not sent." */
export function refusalWords(edit: RefusedEdit): string {
  const message = edit.refusal.message.trim();
  return `${/[.!?]$/u.test(message) ? message : `${message}.`} Kept here, not sent.`;
}

/** One of two values. `use`: choosing it puts the kept value back; otherwise what stands is confirmed. */
export type KeptSide = { value: string; by: string; action: string; use: boolean; mine: boolean };

/** Both values of a field that two people changed, the reader's own first. */
export function keptWords(
  item: OpenKept,
  directory: Directory,
  meId: string,
  now: Date,
): { field: string; sides: [KeptSide, KeptSide] } {
  const { kept } = item;
  const deleted = kept.field === "deleted";
  const name = (id: string | null): string => (id === meId ? "You" : directory.personName(id));
  const read = (value: OpenKept["stands"]): string =>
    fieldText(directory, item.collection, kept.field, value, now);
  const side = (value: string, by: string, use: boolean, id: string | null): KeptSide => ({
    value,
    by,
    use,
    action: deleted ? value : `Use ${value}`,
    mine: id === meId,
  });
  const lost = side(
    deleted ? "Delete it" : read(kept.value),
    `${name(kept.byId)}, ${clockTime(new Date(kept.at))}, kept`,
    true,
    kept.byId,
  );
  const stands = side(
    deleted ? "Keep it" : read(item.stands),
    `${name(kept.wonById)}, stands now`,
    false,
    kept.wonById,
  );
  return {
    field: deleted ? "Deleted by one, changed by another" : directory.fieldLabel(item.collection, kept.field),
    sides: stands.mine && !lost.mine ? [stands, lost] : [lost, stands],
  };
}

/** True where the two values are read line by line rather than side by side. */
export function isLongConflict(item: OpenKept): boolean {
  return isLong(item.kept.value) || isLong(item.stands);
}

function phaseWords(status: SyncStatus, now: Date): string {
  const last = status.lastSyncedAt ? new Date(status.lastSyncedAt) : null;
  switch (status.phase) {
    case "first-sync":
    case "rebuilding":
      return `${status.phase === "rebuilding" ? "Putting in order" : "First sync"}${shareText(status)}`;
    case "live":
      return last ? `Synced ${agoInWords(last, now)}` : "Synced";
    case "catching-up":
      return "Catching up";
    case "starting":
      return "Connecting";
    case "offline":
      return last ? `Offline since ${clockTime(last)}` : "Offline";
    case "paused":
      return "Sync paused";
    case "stopped":
      return "Sync stopped";
  }
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

function isLong(value: unknown): boolean {
  return typeof value === "string" && (value.includes("\n") || value.length > 60);
}
