import type { CallReport } from "../../entities/insight.ts";
import { goalOf, type Goal } from "../goals.ts";
import type { MetricName } from "../metrics/catalogue.ts";
import { msPerMinute } from "../metrics/tally.ts";
import type { Findings } from "./findings.ts";
import { count, lengthOf, list, percent, quote, sentence } from "./wording.ts";

/** Something to praise or to practise; `weight` = how far from the goal, 1 = as far as its slack. */
export type Point = { good: boolean; weight: number; text: string; advice: string; atMs: number | null };

type Rule = {
  metric: MetricName;
  goal: Goal;
  /** How far off the goal is a full weight, in the metric's unit. */
  slack: number;
  /** Null = this side of the goal says nothing. */
  over?: (value: number, found: Findings) => Words;
  under?: (value: number, found: Findings) => Words;
  within?: (value: number, found: Findings) => string | null;
  atMs?: (found: Findings) => number | null;
};
type Words = { text: string; advice: string };

/** Shorter calls, and agents who hardly speak, give no figures to coach by. */
const leastCallMs = 45_000;
const leastAgentMs = 10_000;

/** What the figures of a call are held against where its scorecard says nothing: docs/metrics.md argues each. */
const rules: readonly Rule[] = [
  {
    metric: "longestMonologueMs",
    goal: { from: null, to: 60_000 },
    slack: 45_000,
    over: (ms) => ({
      text: `You talked for ${lengthOf(ms)} without a break`,
      advice: "Stop after a minute and ask what they make of it: “How does that fit with what you have now?”",
    }),
    within: (ms, { metrics }) =>
      ms < 40_000 && (metrics.durationMs ?? 0) >= 3 * msPerMinute
        ? `You kept it short: never more than ${lengthOf(ms)} at a stretch`
        : null,
    atMs: ({ events }) => longestOf(events.stretches.filter(({ speaker }) => speaker === "agent")),
  },
  {
    metric: "talkShareOfSpeech",
    goal: { from: 0.25, to: 0.6 },
    slack: 0.15,
    over: (share, { customer }) => ({
      text: `You did ${percent(share)} of the talking`,
      advice: `Ask ${customer} an open question, and then say nothing until the answer has come`,
    }),
    under: (share, { customer }) => ({
      text: `You did only ${percent(share)} of the talking`,
      advice: `Sum up what ${customer} has said and lead on: “So what matters to you is …”`,
    }),
    within: (share, { customer }) => (share <= 0.5 ? `You let ${customer} talk: you did ${percent(share)} of the talking` : null), // prettier-ignore
  },
  {
    metric: "interruptionsByAgent",
    goal: { from: null, to: 1 },
    slack: 3,
    over: (times, { customer }) => ({
      text: `You began before ${customer} had ended, ${count(times, "time")}`,
      advice: "Wait for one breath after their last word; note what you want to say instead of saying it",
    }),
    within: (times, { metrics, customer }) => (times === 0 && (metrics.turns ?? 0) >= 10 ? `You never interrupted ${customer}` : null), // prettier-ignore
    atMs: ({ events }) => events.interruptions.find(({ by }) => by === "agent")?.atMs ?? null,
  },
  {
    metric: "paceWpm",
    goal: { from: 110, to: 185 },
    slack: 30,
    over: (wpm) => ({
      text: `You spoke fast: ${Math.round(wpm)} words a minute`,
      advice: "Slow down for prices, dates and names, and pause behind each",
    }),
    under: (wpm) => ({
      text: `You spoke slowly: ${Math.round(wpm)} words a minute`,
      advice: "Have the next question ready before the call, so that you need not look for words",
    }),
    within: (wpm) => (wpm >= 130 && wpm <= 165 ? `Your pace was easy to follow: ${Math.round(wpm)} words a minute` : null), // prettier-ignore
  },
  {
    metric: "fillersPerMinute",
    goal: { from: null, to: 5 },
    slack: 5,
    over: (rate) => ({
      text: `You used ${count(Math.round(rate), "filler word")} a minute, such as “um” and “you know”`,
      advice: "Let a pause be a pause: it sounds surer than “um”",
    }),
  },
  {
    metric: "deadAirMs",
    goal: { from: null, to: 15_000 },
    slack: 30_000,
    over: (ms, { metrics }) => ({
      text: `Nobody spoke for ${lengthOf(ms)} in all, in ${count(metrics.deadAirCount ?? 0, "pause")} of five seconds or more`,
      advice: "Say what you are about to look up and how long it takes, before it goes quiet",
    }),
    atMs: ({ events }) => longestOf(events.deadAir),
  },
  {
    metric: "overtalkShare",
    goal: { from: null, to: 0.05 },
    slack: 0.05,
    over: (share) => ({
      text: `You both talked at once for ${percent(share)} of the call`,
      advice: "Whoever notices first stops: let it be you",
    }),
  },
];

/** Praise and practice by the figures. */
function pointsOfFigures(found: Findings): Point[] {
  const { durationMs = 0, agentMs = 0, customerMs = 0 } = found.metrics;
  if (durationMs < leastCallMs || agentMs < leastAgentMs || customerMs === 0) return [];
  return rules.flatMap((rule) => judge(rule, found));
}

function judge(rule: Rule, found: Findings): Point[] {
  const value = found.metrics[rule.metric];
  if (value === undefined) return [];
  const { from, to } = scorecardGoal(rule.metric, found) ?? rule.goal;
  const atMs = rule.atMs?.(found) ?? null;
  const [tooLow, tooHigh] = [from === null ? 0 : from - value, to === null ? 0 : value - to];
  const words = tooHigh > 0 ? rule.over?.(value, found) : tooLow > 0 ? rule.under?.(value, found) : undefined;
  if (words) return [{ good: false, weight: Math.max(tooLow, tooHigh) / rule.slack, ...words, atMs }];
  if (tooHigh > 0 || tooLow > 0) return [];
  const praise = rule.within?.(value, found) ?? null;
  return praise === null ? [] : [{ good: true, weight: 0.5 + margin(value, to) / 2, text: praise, advice: "", atMs: null }]; // prettier-ignore
}

/** What a tenant scores by is what it coaches by. */
function scorecardGoal(metric: MetricName, { scorecard }: Findings): Goal | null {
  const isScored = scorecard?.criteria.some(({ by }) => by.kind === "metric" && by.metric === metric);
  return isScored === true ? goalOf(metric, scorecard) : null;
}

/** How much room is left, as a share of the goal. */
function margin(value: number, to: number | null): number {
  return to === null || to === 0 ? 0 : Math.max(0, Math.min(1, (to - value) / to));
}

function longestOf(spans: readonly { atMs: number; endMs: number }[]): number | null {
  const [longest] = spans.toSorted((a, b) => b.endMs - b.atMs - (a.endMs - a.atMs));
  return longest?.atMs ?? null;
}

/** Of what the playbook asks for. */
function pointsOfItems({ played, playbook }: Findings): Point[] {
  const { items } = played;
  const missed = items.filter(({ atMs }) => atMs === null);
  if (items.length === 0) return [];
  const share = 1 - missed.length / items.length;
  const done = `${items.length - missed.length || "none"} of the ${items.length} points of the playbook`;
  if (missed.length === 0) return [{ good: true, weight: 1.2, text: `You covered all ${items.length} points of the playbook`, advice: "", atMs: null }]; // prettier-ignore
  const praise: Point[] = share >= 0.6 ? [{ good: true, weight: share, text: `You covered ${done}`, advice: "", atMs: null }] : []; // prettier-ignore
  const hint = playbook?.items.find(({ key, hint: words }) => key === missed[0]?.key && words !== "")?.hint;
  const labels = list(missed.slice(0, 3).map(({ label }) => `“${label}”`));
  const text =
    missed.length > 3 ? `You covered ${done}; among the rest: ${labels}` : `You left out ${labels}`;
  const advice =
    hint === undefined
      ? "Open the checklist before you sum up"
      : `Ask for it in so many words: ${quote(hint)}`;
  return [...praise, { good: false, weight: (1 - share) * 2, text, advice, atMs: null }];
}

function pointsOfObjections({ objections }: Findings): Point[] {
  const open = objections.find(({ answered }) => !answered);
  if (open !== undefined) {
    const [line] = open.lines;
    const advice =
      line === undefined ? "Say it back in your own words, ask what lies behind it, then answer" : line;
    return [
      { good: false, weight: 1.5, text: `No answer was heard to “${open.about}”`, advice, atMs: open.atMs },
    ];
  }
  const [first] = objections;
  if (first === undefined) return [];
  const text = `You took up ${count(objections.length, "objection")}: ${list([...new Set(objections.map(({ about }) => about))])}`; // prettier-ignore
  return [{ good: true, weight: 1.1, text, advice: "", atMs: first.atMs }];
}

/** Whether something was agreed for afterwards, and whether they asked. */
function pointsOfConduct({
  actions,
  appointment,
  metrics,
  call,
  events,
  customer,
  stoppedMs,
}: Findings): Point[] {
  const { durationMs = 0, questionsAsked = 0, customerMs = 0 } = metrics;
  if (durationMs < 2 * msPerMinute || customerMs === 0 || stoppedMs !== null) return [];
  const points: Point[] = [];
  const dated = actions.find(({ dueInDays }) => dueInDays !== null)?.atMs ?? appointment?.startMs;
  if (dated !== undefined) points.push({ good: true, weight: 0.9, text: `You agreed what comes next, with a day to it`, advice: "", atMs: dated }); // prettier-ignore
  else if (actions.length === 0 && call.direction === "outbound")
    points.push({ good: false, weight: 0.8, text: "No next step was agreed", advice: `Before you say goodbye, name a day: “Shall we talk on Thursday at ten?”`, atMs: null }); // prettier-ignore
  const perMinute = questionsAsked / (durationMs / msPerMinute);
  if (questionsAsked >= 4 && perMinute >= 0.5) points.push({ good: true, weight: 0.7, text: `You asked ${count(questionsAsked, "question")}`, advice: "", atMs: null }); // prettier-ignore
  if (perMinute < 0.25) points.push({ good: false, weight: 0.9, text: `You asked ${count(questionsAsked, "question")} in ${lengthOf(durationMs)}`, advice: `Begin questions with “how” and “what”, and let ${customer} finish`, atMs: null }); // prettier-ignore
  const longest = metrics.longestCustomerMs ?? 0;
  if (longest >= 30_000) points.push({ good: true, weight: 0.8, text: `You got ${customer} to talk for ${lengthOf(longest)} at a stretch`, advice: "", atMs: longestOf(events.stretches.filter(({ speaker }) => speaker === "customer")) }); // prettier-ignore
  return points;
}

/** At most three of each, the weightiest first. Nothing is said where nothing stands out. */
export function findPoints(found: Findings): Pick<CallReport, "strengths" | "improvements"> {
  const points = [
    ...pointsOfObjections(found),
    ...pointsOfItems(found),
    ...(found.stoppedMs === null ? pointsOfFigures(found) : []),
    ...pointsOfConduct(found),
  ].toSorted((a, b) => b.weight - a.weight);
  const of = (good: boolean) => points.filter((point) => point.good === good).slice(0, 3);
  return {
    strengths: of(true).map(({ text, atMs }) => ({ text: sentence(text), atMs })),
    improvements: of(false).map(({ text, advice, atMs }) => ({
      text: sentence(text),
      advice: sentence(advice),
      atMs,
    })),
  };
}
