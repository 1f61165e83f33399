import type { CallTouch, LeadHistory, Touch } from "../lead/history.ts";
import type { Facts, Feature } from "./features.ts";

const dayMs = 86_400_000;
const amount = (name: string, label: string, centre: number, spread: number): Feature => ({
  ...{ kind: "amount", name, label, log: true, centre, spread },
});

/** What the tenant's own model sees of a lead. */
export const leadFeatures: readonly Feature[] = [
  amount("calls", "Calls before", 1, 0.8),
  amount("answered", "Calls answered", 0.5, 0.6),
  amount("inbound", "Calls from them", 0.2, 0.4),
  amount("talk minutes", "Minutes talked", 1, 1),
  amount("messages in", "Messages from them", 0.3, 0.5),
  amount("opened", "Messages opened", 0.3, 0.5),
  amount("kept", "Appointments kept", 0.1, 0.3),
  amount("days quiet", "Days since they were heard of", 2, 1),
  amount("days known", "Days known", 3, 1),
  { kind: "choice", name: "source", label: "Source" },
  { kind: "choice", name: "disposition", label: "Last call ended with" },
  { kind: "choice", name: "mood", label: "Mood of the last talk" },
];

/** What is believed of any tenant before its own outcomes are known: one contact in twenty, and what helps anywhere. */
export const leadPrior = {
  rate: 0.05,
  weights: {
    answered: 0.4,
    inbound: 0.4,
    "talk minutes": 0.3,
    "messages in": 0.3,
    opened: 0.15,
    kept: 0.5,
    "days quiet": -0.4,
    "mood=glad": 0.3,
    "mood=cross": -0.3,
  },
};

/**
 * What was known of a lead at a moment: of what passed only what began before it, with what had been written of it by
 * then, and of the lead itself only what does not change (source, when it came). A field that is filled in once somebody
 * buys would tell the future, and so would a letter that is opened afterwards.
 */
export function factsAt({ lead, touches }: LeadHistory, atMs: number): Facts {
  const before = touches.filter(({ at }) => at < atMs).map((touch) => asKnown(touch, atMs));
  const calls = before.filter((touch) => touch.kind === "call");
  const messages = before.filter((touch) => touch.kind === "message");
  const heard = before.findLast(isFromThem);
  const last = calls.at(-1);
  return {
    calls: calls.length,
    answered: calls.filter(({ answered }) => answered).length,
    inbound: calls.filter(({ inbound }) => inbound).length,
    "talk minutes": calls.reduce((sum, { talkMs }) => sum + talkMs, 0) / 60_000,
    "messages in": messages.filter(({ inbound }) => inbound).length,
    opened: messages.filter(({ opened }) => opened).length,
    kept: before.filter((touch) => touch.kind === "appointment" && touch.status === "done").length,
    "days quiet": heard === undefined ? null : (atMs - heard.at) / dayMs,
    "days known": Math.max(0, atMs - Date.parse(lead.createdAt)) / dayMs,
    source: lead.source === "" ? null : lead.source,
    disposition: last === undefined || last.disposition === "" ? null : last.disposition,
    mood: moodWord(calls),
  };
}

function asKnown(touch: Touch, atMs: number): Touch {
  if ((touch.settledAt ?? touch.at) <= atMs) return touch;
  if (touch.kind === "call") return { ...touch, disposition: "", mood: null };
  return touch.kind === "message" ? { ...touch, opened: false } : { ...touch, status: "planned" };
}

function isFromThem(touch: Touch): boolean {
  if (touch.kind === "call") return touch.inbound || touch.answered;
  return touch.kind === "message" && touch.inbound;
}

function moodWord(calls: readonly CallTouch[]): string | null {
  const mood = calls.findLast((call) => call.mood !== null)?.mood ?? null;
  if (mood === null) return null;
  return mood > 0.2 ? "glad" : mood < -0.2 ? "cross" : "even";
}
