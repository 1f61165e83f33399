import type { Goal } from "../goals.ts";
import type { MetricName } from "../metrics/catalogue.ts";
import { msPerMinute } from "../metrics/tally.ts";
import type { Findings } from "./findings.ts";
import {
  fastestAgentMs,
  firstInterruptionMs,
  longestMs,
  longestStretchMs,
  mostFillersMs,
  slowestAgentMs,
} from "./where.ts";
import { count, lengthOf, percent } from "./wording.ts";

/** What a figure is held against, and what is said of it on either side. */
export type FigureRule = {
  metric: MetricName;
  goal: Goal;
  /** How far off the goal is a full weight, in the metric's unit. */
  slack: number;
  /** Absent = on this side of the goal nothing is said. */
  over?: (value: number, found: Findings) => Words;
  under?: (value: number, found: Findings) => Words;
  within?: (value: number, found: Findings) => string | null;
  /** Where to listen to it. */
  atMs?: (found: Findings, isOver: boolean) => number | null;
};
type Words = { text: string; advice: string };

/** What the figures of a call are held against where its scorecard says nothing: docs/metrics.md argues each. */
export const figureRules: readonly FigureRule[] = [
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
    atMs: ({ events }) => longestStretchMs(events, "agent"),
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
    atMs: ({ events }) => longestStretchMs(events, "agent"),
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
    atMs: ({ events }) => firstInterruptionMs(events, "agent"),
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
    atMs: ({ sentences }, isOver) => (isOver ? fastestAgentMs(sentences) : slowestAgentMs(sentences)),
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
    atMs: ({ sentences }) => mostFillersMs(sentences),
  },
  {
    metric: "deadAirMs",
    goal: { from: null, to: 15_000 },
    slack: 30_000,
    over: (ms, { metrics }) => ({
      text: `Nobody spoke for ${lengthOf(ms)} in all, in ${count(metrics.deadAirCount ?? 0, "pause")} of five seconds or more`,
      advice: "Say what you are about to look up and how long it takes, before it goes quiet",
    }),
    atMs: ({ events }) => longestMs(events.deadAir),
  },
  {
    metric: "overtalkShare",
    goal: { from: null, to: 0.05 },
    slack: 0.05,
    over: (share) => ({
      text: `You both talked at once for ${percent(share)} of the call`,
      advice: "Whoever notices first stops: let it be you",
    }),
    atMs: ({ events }) => firstInterruptionMs(events),
  },
];
