import { isConnected, isOver, type CameBack, type Transfer } from "../../../../shared/calls/call.ts";
import type { CallTarget } from "../../../../shared/calls/call-event.ts";
import type { PhoneCall, PhoneCommand, PhoneState } from "../../../../shared/calls/phone.ts";
import type { Directory } from "../../../client/index.ts";
import { formatPhone } from "../../../ui/format/phones.ts";

/** What the right column is about: the most urgent thing of a phone's calls. */
export type PhoneView = {
  /** Rings here and waits for an answer. */
  incoming: PhoneCall | null;
  /** Talked in, held, or being set up. */
  current: PhoneCall | null;
  /** Over, and not written down yet. */
  wrapUp: PhoneCall | null;
  /** Other calls of this desk: held, or ringing behind the first. */
  others: PhoneCall[];
};

export function viewPhone({ calls }: Pick<PhoneState, "calls">): PhoneView {
  const incoming = calls.find(ringsHere) ?? null;
  const open = calls.filter((each) => !isOver(each.call) && !ringsHere(each));
  const current = open.find(isHeard) ?? open[0] ?? null;
  const wrapUp = calls.find(({ call }) => call.phase.phase === "wrap-up") ?? null;
  const shown = new Set([incoming, current, wrapUp]);
  return {
    incoming,
    current,
    wrapUp,
    others: calls.filter((each) => !shown.has(each) && !isOver(each.call)),
  };
}

/** Also a call that one of us placed: a colleague may have given it to a queue. */
export function ringsHere({ call, can }: PhoneCall): boolean {
  return !isConnected(call) && can.includes("answer");
}

/** Somebody wants to call, and the server has not said yet whether they may: it has no record, only an end. */
export function waitsForPermit({ call, can }: PhoneCall): boolean {
  return call.phase.phase === "new" && can.includes("hang-up");
}

function isHeard({ call }: PhoneCall): boolean {
  return call.phase.phase !== "held";
}

/** Pauses what is recorded, as for the number of a card, or goes on with it. */
export function turnRecording({ callId, call }: PhoneCall): PhoneCommand {
  return { do: "record", callId, state: call.recording === "paused" ? "on" : "paused" };
}

/** How long a call has been in what its timer counts: ringing, talking, on hold. In whole seconds. */
export function secondsOf({ call }: PhoneCall, now: Date): number {
  const { phase } = call;
  const since = phase.phase === "held" || call.answeredAt === null ? phase.since : call.answeredAt;
  return Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 1000));
}

/**
 * How long wrap-up lasts, in whole seconds. Its end is the desk's word and its beginning may be the carrier's, so the two
 * miss a round number by a part of a second.
 */
export function wrapUpSeconds({ since, until }: { since: string; until: string }): number {
  return Math.round((Date.parse(until) - Date.parse(since)) / 1000);
}

/** "Calling", "Ringing", "On hold": where a call is, in a word or two; empty while one simply talks. */
export function phaseWords({ call }: PhoneCall): string {
  const { phase } = call;
  switch (phase.phase) {
    case "new":
    case "dialling":
      return "Calling";
    case "queued":
      return "In the queue";
    case "ringing":
      return "Ringing";
    case "held":
      return "On hold";
    case "transferring":
      return "The caller waits";
    case "conference":
      return `Conference of ${call.parties.filter(({ role }) => role !== "listen").length + 2}`;
    default:
      return "";
  }
}

/** "Calling Ben Okafor", "With Ben Okafor": how far a warm transfer is. */
export function transferWords(
  { target, answered }: Pick<Transfer, "target" | "answered">,
  names: Names,
): string {
  const who = targetName(target, names);
  return answered ? `With ${who}` : `Calling ${who}`;
}

/** "Ben Okafor declined. The caller is with you again.": why a call could not be handed over. */
export function backWords(back: CameBack, names: Names): string {
  return `${notHereWords(back, names)} The caller is with you again.`;
}

/** "Ben Okafor declined.": why somebody who was asked is not in the call. */
export function notHereWords({ target, why }: CameBack, names: Names): string {
  const who = targetName(target, names);
  const words = {
    declined: `${who} declined.`,
    busy: `${who} is busy.`,
    "no-answer": `${who} did not answer.`,
    failed: target.kind === "agent" ? `The phone of ${who} is not on.` : `${who} could not be reached.`,
  };
  return words[why];
}

type Names = Pick<Directory, "personName" | "queueLabel">;

export function targetName(target: CallTarget, { personName, queueLabel }: Names): string {
  if (target.kind === "agent") return personName(target.userId);
  return target.kind === "number" ? formatPhone(target.number) : queueLabel(target.queue);
}

/** "No answer", "They hung up": why a call ended, as wrap-up says it. */
export const endWords: Readonly<Record<string, string>> = {
  completed: "Call ended",
  "no-answer": "No answer",
  busy: "Busy",
  voicemail: "Voicemail",
  failed: "The call did not go through",
  cancelled: "You hung up before anybody answered",
  declined: "Declined",
  abandoned: "They hung up before anybody answered",
  dropped: "The line broke",
  transferred: "Handed over",
};
