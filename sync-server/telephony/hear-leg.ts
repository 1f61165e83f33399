import type { EndReason } from "../../shared/calls/call-event.ts";
import { hearThere } from "./hear-joined.ts";
import {
  agentLegOf,
  ask,
  changeCall,
  changeLeg,
  customerLegOf,
  dismiss,
  isUndialled,
  type Fact,
  type Leg,
  type Line,
  type Said,
} from "./line.ts";
import type { LegStatus, NoticeOf } from "./notices.ts";
import { mustHear, noteGone, noteHere } from "./recording-terms.ts";
import { cancelTransfer, type WhyBack } from "./transfer.ts";
import { hearPickedUp, isLeftOnMachine } from "./voicemail.ts";

export type LegNews = Pick<NoticeOf<"leg">, "sid" | "status" | "seq" | "machine"> & {
  /** When it happened, as well as that is known (`timeOf`). */
  at: Date;
};

/**
 * What a line becomes when one of its legs is reported to have come so far. Pure. Reports may come twice, late and in
 * any order: a leg that has ended stays ended, and facts carry identities, so that telling them again adds nothing.
 */
export function hearLeg(line: Line, leg: Leg, news: LegNews): Line {
  if (leg.sid !== null && news.sid !== "" && leg.sid !== news.sid) {
    // The carrier was asked twice because its first answer was lost: one of the two must go.
    return isEnd(news.status) ? line : { ...line, strays: [...line.strays, news.sid] };
  }
  // Given up before anybody knew that it had been dialled after all.
  if (leg.sid === null && leg.state === "ended" && news.sid !== "" && !isEnd(news.status))
    return { ...line, strays: [...line.strays, news.sid] };
  const known = leg.sid === null && news.sid !== "" ? changeLeg(line, leg.id, { sid: news.sid }) : line;
  const self = { ...leg, sid: news.sid === "" ? leg.sid : news.sid };
  return hearStatus(news.machine ? hearPickedUp(known, leg, "machine") : known, self, news);
}

function hearStatus(known: Line, self: Leg, news: LegNews): Line {
  if (isEnd(news.status)) return hearEnd(known, self, news);
  if (news.status === "answered") return hearAnswer(known, self, news);
  return hearProgress(known, self, news);
}

export function isEnd(status: LegStatus): boolean {
  return status !== "dialling" && status !== "ringing" && status !== "answered";
}

/**
 * The instant of a report. Carriers stamp whole seconds, so it lies within the second that follows and before it
 * reached us; and nothing can have befallen a leg before we dialled it, whatever the two clocks say.
 */
export function timeOf(reported: string, receivedAt: Date, { dialledAt }: Pick<Leg, "dialledAt">): Date {
  const earliest = Date.parse(reported);
  const within = Math.min(Math.max(receivedAt.getTime(), earliest), earliest + 999);
  return new Date(Math.max(within, dialledAt.getTime() + 1));
}

function hearProgress(line: Line, leg: Leg, news: LegNews): Line {
  const state = news.status === "ringing" ? "ringing" : "dialling";
  const isNews = leg.state === "dialling" && state === "ringing";
  const next = isNews ? changeLeg(line, leg.id, { state }) : line;
  if (leg.role !== "customer" || line.call.direction !== "outbound") return next;
  return report(next, leg, news, { type: news.status === "ringing" ? "ringing" : "dialled" });
}

function hearAnswer(line: Line, leg: Leg, news: LegNews): Line {
  const isNews = leg.state === "dialling" || leg.state === "ringing";
  const live = changeLeg(line, leg.id, { state: "live", answeredAt: news.at });
  const next = isNews ? ask(noteHere(live, leg), "settle") : line;
  switch (leg.role) {
    case "customer":
      return line.call.direction === "outbound"
        ? report(next, leg, news, { type: "answered", agentId: null })
        : next;
    case "agent":
      return hearAgentAnswer(next, leg, news, isNews);
    case "transfer":
    case "party":
    case "monitor":
      // They picked up in the call that they come from; that they are here is told when they are.
      if (leg.purpose.merged) return next;
      // Who has to hear first that the call is recorded is not there before they have: hearJoined.
      if (mustHear(next, leg)) return next;
      return hearThere(next, leg, isNews, news.at, (to, fact) => report(to, leg, news, fact));
  }
}

/** Of two desks that pick up at once the first has the call, and the other one is told to go. */
function hearAgentAnswer(line: Line, leg: Leg, news: LegNews, isNews: boolean): Line {
  const told = report(line, leg, news, { type: "answered", agentId: leg.agentId as never });
  if (!isNews) return told;
  const first = line.legs.find((other) => other.id !== leg.id && other.role === "agent" && other.state === "live" && other.wanted); // prettier-ignore
  if (first) return dismiss(told, ({ id }) => id === leg.id);
  const others = dismiss(told, (other) => other.role === "agent" && other.id !== leg.id);
  return changeCall(others, { holdWanted: false, queuedAt: null });
}

function hearEnd(line: Line, leg: Leg, news: LegNews): Line {
  if (leg.state === "ended") return line;
  const wasLive = leg.state === "live";
  const ended = noteGone(ask(changeLeg(line, leg.id, { state: "ended", endedAt: news.at }), "settle"), leg);
  switch (leg.role) {
    case "customer":
      return hearCustomerEnd(ended, leg, news);
    case "agent":
      return wasLive ? hearAgentEnd(ended, leg) : hearPass(ended, leg, news);
    case "transfer":
      return cancelTransfer(ended, leg.purpose.transferId ?? "", wasLive ? "declined" : whyBack(leg, news));
    case "party":
    case "monitor":
      return report(ended, leg, news, partyEnd(line, leg, news));
  }
}

/** Who is let go of before they came has not passed, and whoever came without being asked to, such as a transfer's target, has left. */
function partyEnd(line: Line, leg: Leg, news: LegNews): Fact {
  const { partyId = leg.id } = leg.purpose;
  const wasLive = leg.state === "live";
  const hasPassed = leg.role === "party" && leg.wanted && (!wasLive || mustHear(line, leg));
  if (!hasPassed) return { type: "party-left", partyId };
  return { type: "party-passed", partyId, why: wasLive ? "declined" : whyBack(leg, news) };
}

function hearCustomerEnd(line: Line, leg: Leg, news: LegNews): Line {
  const why = line.call.voicemailAt === null ? endReasons[news.status] : "voicemail";
  const told = isLeftOnMachine(line) ? line : report(line, leg, news, { type: "ended", why });
  const over = changeCall(told, { overAt: line.call.overAt ?? news.at, holdWanted: false });
  return dismiss(over, ({ role }) => role !== "customer");
}

/** The call ends with whoever has it; the carrier does that by itself unless it lost sight of it. */
function hearAgentEnd(line: Line, leg: Leg): Line {
  const hasIt = leg.wanted && agentLegOf(line) === undefined;
  // The customer's leg leaves the room for a message or another call, and the agent's goes down with the room.
  const isLeft = line.call.voicemailAt !== null || leg.purpose.mergesInto !== undefined;
  if (!hasIt || line.call.overAt !== null || isLeft) return line;
  const customer = customerLegOf(line);
  if (customer) return dismiss(line, () => true);
  const over = changeCall(line, { overAt: leg.endedAt ?? line.call.startedAt });
  return dismiss(
    {
      ...over,
      said: [...over.said, { by: "server", key: "gone", fact: { type: "ended", why: "cancelled" } }],
    },
    () => true,
  );
}

function hearPass(line: Line, leg: Leg, news: LegNews): Line {
  if (isUndialled(line)) return hearUnplaced(line, leg, news);
  const why = news.status === "busy" ? ("declined" as const) : ("no-answer" as const);
  const told = report(line, leg, news, { type: "passed", agentId: leg.agentId as never, why });
  return line.call.overAt === null && agentLegOf(line) === undefined ? ask(told, "route") : told;
}

/** The desk never placed the call that it was allowed to. */
function hearUnplaced(line: Line, leg: Leg, news: LegNews): Line {
  if (line.call.overAt !== null) return line;
  const why = news.status === "cancelled" ? ("cancelled" as const) : ("failed" as const);
  return report(changeCall(line, { overAt: news.at }), leg, news, { type: "ended", why });
}

const endReasons: Readonly<Record<LegStatus, EndReason>> = {
  dialling: "failed",
  ringing: "failed",
  answered: "failed",
  completed: "completed",
  busy: "busy",
  "no-answer": "no-answer",
  cancelled: "cancelled",
  failed: "failed",
};

/** Why whoever a call was to be given to does not take it. A desk is never engaged, and rings unless it is off. */
function whyBack(leg: Leg, { status, at }: LegNews): Exclude<WhyBack, "agent"> {
  const isDesk = leg.agentId !== null;
  if (status === "busy") return isDesk ? "declined" : "busy";
  if (status === "failed") return "failed";
  if (status === "completed") return "declined";
  const neverRang = leg.state === "dialling" && at.getTime() < leg.dialledAt.getTime() + leg.ringMs;
  return isDesk && neverRang ? "failed" : "no-answer";
}

/** As the carrier's fact where it has named the leg, otherwise as ours: then it was never asked, or refused. */
function report(line: Line, leg: Leg, { status, seq, at }: LegNews, fact: Fact): Line {
  const said: Said =
    leg.sid === null
      ? { by: "server", key: `${leg.id}:${status}`, fact }
      : { by: "carrier", sid: leg.sid, seq, key: `${leg.sid}:${seq}:${status}`, at: at.toISOString(), fact };
  return { ...line, said: [...line.said, said] };
}
