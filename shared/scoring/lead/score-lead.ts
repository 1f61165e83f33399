import type { CallTouch, LeadHistory, Touch } from "./history.ts";
import {
  actionFor,
  churnOf,
  isHeard,
  levelOf,
  type ChurnRisk,
  type LeadLevel,
  type NextAction,
  type StageOutcome,
} from "./levels.ts";

export type ComponentName = "engagement" | "recency" | "response" | "conversation" | "profile";
export type Component = {
  name: ComponentName;
  label: string;
  points: number;
  most: number;
  /** One plain sentence. */
  why: string;
};

export type LeadScore = {
  /** 0 to 100: the sum of the components. */
  score: number;
  components: Component[];
  level: LeadLevel;
  churn: ChurnRisk;
  next: NextAction;
};

const dayMs = 86_400_000;
/** What passed counts half after this long. */
const halfLifeDays = 30;
/** With this much, engagement has reached two thirds of its points. */
const fullEngagement = 5;
const recencyHalfLifeDays = 14;
/** Before so many tries, the share that was answered is drawn towards a half. */
const fewTries = 2;
const longTalkMs = 8 * 60_000;
const maxima = { engagement: 30, recency: 25, response: 15, conversation: 20, profile: 10 } as const;

/**
 * How worth a call a lead is, by rules alone, from what is known of it: no network, no model. A chat with a visitor is one
 * message from them. Points only:
 * - engagement (30): Σ weight × ½^(age ÷ 30 days), weights below, against 5 by 1 − e^(−x ÷ 5 × 1.1);
 * - recency (25): ½^(days since anything came from the lead ÷ 14), half of it for our own last try;
 * - response (15): answered calls and opened or answered messages ÷ tries, drawn to a half by 2 made-up tries;
 * - conversation (20): half for the length of the longest talk (8 minutes are all), half for the mood of the last three;
 * - profile (10): filled ones of name, telephone, e-mail, company, city, source.
 *
 * Where the last talk ended in a no, it and all before it count as tries in vain: what comes from them later counts anew.
 * @param outcome of the lead's stage: what to do next depends on it, no points do
 */
export function scoreLead(history: LeadHistory, nowMs: number, outcome: StageOutcome = "open"): LeadScore {
  const past = history.touches.filter(({ at }) => at <= nowMs);
  const noAt = refusedAt(past);
  const since = past.filter(({ at }) => at > noAt);
  const components = [
    noAt > -Infinity && !since.some(isHeard) ? cooled(nowMs - noAt) : scoreEngagement(since, nowMs),
    scoreRecency(since, nowMs, noAt),
    scoreResponse(past, since),
    scoreConversation(past.filter(isAnsweredCall), noAt),
    scoreProfile(history.lead),
  ];
  const score = components.reduce((sum, { points }) => sum + points, 0);
  const level = levelOf(score, past, nowMs);
  const churn = churnOf(past, nowMs);
  return { score, components, level, churn, next: actionFor(history, { level, churn, outcome }, nowMs) };
}

/** Endings that are a no, by the keys that every organisation begins with. */
const refusals: ReadonlySet<string> = new Set(["not-interested", "do-not-call-again"]);

/** When they said no, where that was the last talk; otherwise before all times. */
function refusedAt(past: readonly Touch[]): number {
  const last = past.findLast(isAnsweredCall);
  return last && refusals.has(last.disposition) ? last.at : -Infinity;
}

function cooled(ageMs: number): Component {
  return component(
    "engagement",
    "Engagement",
    0,
    `They said no ${ago(ageMs)}, and nothing came from them since.`,
  );
}

function scoreEngagement(past: readonly Touch[], nowMs: number): Component {
  const sum = past.reduce(
    (total, touch) => total + weightOf(touch) * fade(nowMs - touch.at, halfLifeDays),
    0,
  );
  const recent = past.filter((touch) => weightOf(touch) >= 1 && nowMs - touch.at < 90 * dayMs).length;
  const why =
    recent === 0
      ? "Nothing came back from them in three months."
      : `${count(recent, "talk, reply or visit", "talks, replies and visits")} in the last three months.`;
  return component("engagement", "Engagement", 1 - Math.exp((-1.1 * sum) / fullEngagement), why);
}

/** What somebody did, or took part in: to be tried in vain, however often, is none of it. */
function weightOf(touch: Touch): number {
  switch (touch.kind) {
    case "call":
      return touch.answered ? (touch.inbound ? 2 : 1.5) : touch.inbound ? 1 : 0;
    case "message":
      return touch.inbound ? 1.5 : touch.opened ? 0.7 : 0;
    case "appointment":
      return { done: 2.5, planned: 1.5, cancelled: 0, missed: 0 }[touch.status];
  }
}

function scoreRecency(past: readonly Touch[], nowMs: number, noAt: number): Component {
  const theirs = lastOf(past.filter(isHeard));
  const ours = lastOf(past);
  const share = Math.max(
    theirs === null ? 0 : fade(nowMs - theirs, recencyHalfLifeDays),
    ours === null ? 0 : fade(nowMs - ours, recencyHalfLifeDays) / 2,
  );
  const why =
    theirs !== null
      ? `Last heard of ${ago(nowMs - theirs)}.`
      : ours !== null
        ? `${noAt > -Infinity ? "Not heard of since they said no" : "Never heard of yet"}; last tried ${ago(nowMs - ours)}.`
        : noAt > -Infinity
          ? `Not heard of since they said no ${ago(nowMs - noAt)}.`
          : "Never contacted.";
  return component("recency", "Recency", share, why);
}

/** @param counted those of them that may have been answered: what came to a no was not */
function scoreResponse(past: readonly Touch[], counted: readonly Touch[]): Component {
  const isTry = (touch: Touch) => touch.kind !== "appointment" && !touch.inbound;
  const tries = past.filter(isTry);
  const answered = counted.filter(isTry).filter((touch) => (touch.kind === "call" ? touch.answered : touch.kind === "message" && touch.opened)).length; // prettier-ignore
  const why =
    tries.length === 0
      ? "Not tried yet, so half of the points."
      : `${answered} of ${count(tries.length, "try", "tries")} reached them${counted.length < past.length ? ", not counting their no and what was before it" : ""}.`;
  return component("response", "Response", (answered + fewTries / 2) / (tries.length + fewTries), why);
}

function scoreConversation(talks: readonly CallTouch[], noAt: number): Component {
  if (noAt > -Infinity) return component("conversation", "Conversation", 0, "The last talk ended in a no.");
  if (talks.length === 0)
    return component("conversation", "Conversation", 0, "Nobody has talked to them on the telephone yet.");
  const longestMs = Math.max(...talks.map(({ talkMs }) => talkMs));
  const moods = talks.slice(-3).flatMap(({ mood }) => (mood === null ? [] : [mood]));
  const mood = moods.reduce((sum, one) => sum + one, 0) / Math.max(1, moods.length);
  const length = Math.min(1, longestMs / longTalkMs);
  const minutes = Math.max(1, Math.round(longestMs / 60_000));
  const tone = moods.length === 0 ? "" : mood > 0.2 ? ", lately glad" : mood < -0.2 ? ", lately cross" : "";
  const why = `Longest talk ${count(minutes, "minute", "minutes")}${tone}.`;
  return component("conversation", "Conversation", length / 2 + (mood + 1) / 4, why);
}

const asked = ["name", "phone", "email", "company", "city", "source"] as const;

function scoreProfile(lead: LeadHistory["lead"]): Component {
  const missing = asked.filter((field) => lead[field].trim() === "");
  const why = missing.length === 0 ? "Nothing is missing." : `Missing: ${missing.map((field) => (field === "email" ? "e-mail" : field)).join(", ")}.`; // prettier-ignore
  return component("profile", "Profile", 1 - missing.length / asked.length, why);
}

function component(name: ComponentName, label: string, share: number, why: string): Component {
  const most = maxima[name];
  return { name, label, most, why, points: Math.round(Math.min(1, Math.max(0, share)) * most) };
}

function isAnsweredCall(touch: Touch): touch is CallTouch {
  return touch.kind === "call" && touch.answered;
}

function lastOf(touches: readonly Touch[]): number | null {
  return touches.length === 0 ? null : Math.max(...touches.map(({ at }) => at));
}

function fade(ageMs: number, halfLife: number): number {
  return 0.5 ** (ageMs / dayMs / halfLife);
}

function ago(ageMs: number): string {
  const days = Math.floor(ageMs / dayMs);
  return days === 0 ? "within a day" : `${count(days, "day", "days")} ago`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
