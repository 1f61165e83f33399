import type { z } from "zod";
import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { formatDuration } from "../../../renderer/ui/format/times.ts";
import { otherNumber } from "../../../shared/calls/call.ts";
import type { BlockCode } from "../../../shared/calls/compliance/dial-verdict.ts";
import type { CallHistory, LoggedCall } from "../../admin/telephony/wire.ts";
import { providerWords } from "../line/provider-words.ts";
import { capitalise } from "../settings/use-terms.ts";
import { endings } from "./event-words.ts";

export type Call = z.output<typeof LoggedCall>;
export type History = z.output<typeof CallHistory>;

const endNames: Readonly<Record<string, string>> = {
  "no-answer": "No answer",
  busy: "Busy",
  voicemail: "Voicemail",
  failed: "No connection",
  cancelled: "Called off",
  declined: "Declined",
  abandoned: "Gave up waiting",
  dropped: "Broke off",
  transferred: "Passed on",
};

/** What one may look for; "Talked" is a call that simply ended. */
export const outcomes: readonly { value: string; label: string }[] = [
  { value: "open", label: "Going on" },
  { value: "completed", label: "Talked" },
  { value: "missed", label: "Missed" },
  ...Object.entries(endNames).map(([value, label]) => ({ value, label })),
];

/** "7:48", "Busy", "Going on": what came of a call. */
export function sayOutcome({ answeredAt, endedAt, endReason }: Call): string {
  if (endReason === "") return endedAt === null ? "Going on" : "";
  const named = endNames[endReason];
  if (answeredAt === null || endedAt === null) return named ?? "Nobody answered";
  const talked = formatDuration((Date.parse(endedAt) - Date.parse(answeredAt)) / 1_000);
  return named === undefined ? talked : `${talked}, ${named.toLowerCase()}`;
}

/** "Somebody hung up": how it ended. */
export function sayEnding(endReason: string): string {
  const ending = (endings as Readonly<Record<string, string>>)[endReason] ?? endReason;
  return capitalise(ending || "goes on");
}

/** "Twilio": whose line it is; one of a newer server keeps its own name. */
export function sayCarrier(provider: string): string {
  const known: Readonly<Record<string, { name: string }>> = providerWords;
  return known[provider]?.name ?? provider;
}

/** Who is at the other end: a lead's name, or the number. */
export function sayOther(call: Call): string {
  return call.leadName || formatPhone(otherNumber(call)) || "No number";
}

const blockWords: Readonly<Record<BlockCode, string>> = {
  "not-a-number": "not a number",
  "emergency-number": "an emergency number",
  "short-number": "too short a number",
  "premium-number": "a premium number",
  "lead-do-not-call": "the lead must not be called",
  "number-do-not-call": "in the list of numbers not to call",
  "attempts-used-up": "no attempt is left",
  "no-common-hours": "no hour is allowed wherever they may be",
  holiday: "a holiday there",
  "closed-day": "a day without calls there",
  "outside-hours": "outside of calling hours there",
  "too-many-dials": "dialled too often",
  "too-soon": "dialled too soon after the last time",
};

export function sayBlock(code: string): string {
  return (blockWords as Readonly<Record<string, string>>)[code] ?? code;
}

const roleNames: Readonly<Record<string, string>> = {
  customer: "The customer",
  transfer: "To take over",
  party: "Asked in",
  monitor: "Supervisor",
};

/** Whose connection a leg is. */
export function sayLeg(
  { role, agentId }: History["legs"][number],
  people: ReadonlyMap<string, string>,
): string {
  const name = agentId === null ? null : (people.get(agentId) ?? "Somebody who left");
  const part = roleNames[role];
  return name === null ? (part ?? role) : part === undefined ? name : `${part}: ${name}`;
}

/** What a carrier reported, by the kinds of telephony/notices.ts. */
export function sayNotice(notice: Readonly<Record<string, unknown>>): string {
  switch (notice["kind"]) {
    case "leg":
      return `The connection is: ${String(notice["status"])}`;
    case "left":
      return "Left the conversation";
    case "recording":
      return notice["state"] === "ready" ? "A recording is ready" : "There is no recording";
    case "transcript":
      return "Something was said";
    default:
      return String(notice["kind"]);
  }
}

export type CallFilterState = {
  /** Days in the reader's calendar, both included. */
  fromDay: string | null;
  toDay: string | null;
  direction: string | null;
  outcome: string | null;
  agentId: string | null;
  search: string;
};
export const noFilter: CallFilterState = {
  fromDay: null,
  toDay: null,
  direction: null,
  outcome: null,
  agentId: null,
  search: "",
};
