import { formatPhone } from "../../../renderer/ui/format/phones.ts";
import { formatDuration } from "../../../renderer/ui/format/times.ts";
import {
  CallEvent,
  type CallEventOf,
  type CallEventType,
  type CallTarget,
} from "../../../shared/calls/call-event.ts";

/** Names by id: of people, and of queues by their keys. */
export type Names = { people: ReadonlyMap<string, string>; queues: ReadonlyMap<string, string> };

type Words = { [T in CallEventType]: (event: CallEventOf<T>, names: Names) => string };

const words: Words = {
  offered: ({ from, to }) => `${formatPhone(from) || "Somebody without a number"} calls ${formatPhone(to)}`,
  requested: ({ agentId, to }, names) => `${who(agentId, names)} dials ${formatPhone(to)}`,
  queued: ({ queue }, names) =>
    queue === "" ? "Waits for whoever is free" : `Waits in ${queueOf(queue, names)}`,
  routed: ({ agentId }, names) => `Rings at ${who(agentId, names)}`,
  passed: ({ agentId, why }, names) =>
    why === "declined" ? `${who(agentId, names)} declines` : `${who(agentId, names)} does not pick up`,
  dialled: () => "Is being connected",
  ringing: () => "The called telephone rings",
  answered: ({ agentId }, names) =>
    agentId === null ? "Is answered" : `${who(agentId, names)} talks to the caller`,
  "machine-detected": () => "A machine picked up",
  held: () => "Is put on hold",
  resumed: () => "Goes on after the hold",
  "transfer-started": ({ mode, target }, names) =>
    mode === "warm"
      ? `${targetOf(target, names)} is asked to take over`
      : `Is passed on to ${targetOf(target, names)}`,
  "transfer-answered": () => "Whoever is to take over talks to the agent; the customer waits",
  "transfer-completed": () => "The transfer is done",
  "transfer-cancelled": ({ why }) => `The transfer is called off: ${cancelled[why]}`,
  "party-asked": ({ target }, names) => `${targetOf(target, names)} is called into it`,
  "party-passed": ({ why }) => `Whoever was called into it does not come: ${cancelled[why]}`,
  "party-joined": ({ role, target, fromCall }, names) =>
    `${targetOf(target, names)} ${fromCall === undefined ? joins[role] : "comes over from another call"}`,
  "party-left": () => "Somebody leaves the conversation",
  recording: ({ state }) => recordings[state],
  "recording-ready": ({ durationMs }) => `The recording is here, ${formatDuration(durationMs / 1_000)} long`,
  consent: sayConsent,
  ended: ({ why, mergedInto }) =>
    mergedInto === undefined ? `Ends: ${endings[why]}` : "Goes on in another call of the agent’s",
  "wrap-up-extended": () => "Time to write things down is set anew",
  "wrapped-up": ({ by }) =>
    by === "agent" ? "The agent is through with it" : "Time to write things down is over",
};

const cancelled: Record<CallEventOf<"transfer-cancelled">["why"], string> = {
  agent: "the agent took the call back",
  busy: "busy",
  "no-answer": "nobody picked up",
  failed: "no connection",
  declined: "declined",
};
const joins: Record<CallEventOf<"party-joined">["role"], string> = {
  party: "joins the conversation",
  listen: "listens in",
  whisper: "speaks to the agent alone",
  barge: "speaks to both",
};
const recordings: Record<CallEventOf<"recording">["state"], string> = {
  on: "Recording goes on",
  paused: "Recording pauses",
  off: "Recording stops",
};

function sayConsent({ how, by, number }: CallEventOf<"consent">, names: Names): string {
  const noted = by === undefined ? "" : `, as ${who(by, names)} notes`;
  const third = number === undefined ? null : formatPhone(number);
  switch (how) {
    case "announced":
      return `${third === null ? "Hears" : `${third} hears`} that the call is recorded`;
    case "needed":
      return `Nothing is recorded before ${third === null ? "they agree" : `${third} agrees`}`;
    case "given":
      return `They agree to the recording${noted}`;
    case "refused":
      return `They do not want to be recorded${noted}`;
  }
}

/** How a call ended, as part of a sentence. */
export const endings: Readonly<Record<CallEventOf<"ended">["why"], string>> = {
  completed: "somebody hung up",
  "no-answer": "nobody answered",
  busy: "busy",
  voicemail: "voicemail",
  failed: "no connection",
  cancelled: "called off before an answer",
  declined: "declined",
  abandoned: "the caller hung up while waiting",
  dropped: "the connection broke",
  transferred: "went on without us",
};

/** What an event means; one of a newer server keeps its own name. */
export function sayEvent(event: Readonly<Record<string, unknown>>, names: Names): string {
  const read = CallEvent.safeParse(event);
  if (!read.success) return String(event["type"]);
  // The key names the type: TypeScript does not see that both come from one event.
  return (words[read.data.type] as (event: CallEvent, names: Names) => string)(read.data, names);
}

/** "Carrier", "Server", "A desk": who said so. */
export function saySource(event: Readonly<Record<string, unknown>>): string {
  const [kind = ""] = String(event["source"]).split(":", 1);
  return { carrier: "Carrier", server: "Server", device: "Desk" }[kind] ?? kind;
}

function who(userId: string, { people }: Names): string {
  return people.get(userId) ?? "Somebody who left";
}

function queueOf(key: string, { queues }: Names): string {
  return `queue “${queues.get(key) ?? key}”`;
}

function targetOf(target: CallTarget, names: Names): string {
  if (target.kind === "agent") return who(target.userId, names);
  return target.kind === "number" ? formatPhone(target.number) : queueOf(target.queue, names);
}
