import {
  metricUnits,
  type MetricName,
  type MetricUnit,
} from "../../../../shared/coaching/metrics/catalogue.ts";
import type { FigureName } from "../../../../shared/rpc/contract/insights.ts";
import { formatCount, formatPercent } from "../../../ui/format/numbers.ts";
import { formatDuration } from "../../../ui/format/times.ts";

type Unit = MetricUnit | "per-hundred";

export const figureUnits: Record<FigureName, Unit> = {
  talkShare: "share",
  longestTurn: "ms",
  pace: "words-per-minute",
  checklist: "share",
  outcome: "per-hundred",
};

/** @param outcome what counts as success, in the tenant's words */
export function figureLabel(name: FigureName, outcome: string): string {
  const labels: Record<FigureName, string> = {
    talkShare: "Talk share",
    longestTurn: "Longest turn, median",
    pace: "Pace, wpm",
    checklist: "Checklist followed",
    outcome: `${outcome} per 100 calls`,
  };
  return labels[name];
}

export const shortLabels: Record<FigureName, string> = {
  talkShare: "Talk share",
  longestTurn: "Longest turn",
  pace: "Pace, wpm",
  checklist: "Checklist",
  outcome: "Per 100",
};

export const dueFormula =
  "Times that a playbook called for the card, by what was said, a silence or a figure. The agent need not have seen it: hints may have been off, or another card may have been up.";
export const shownFormula =
  "Times that the agent's overlay, or their call panel, showed the card. Calls that were imported, or made without Ringside open, have none, and so have calls from before showings were counted.";
export const dismissedFormula = "Of the times that it was shown, those in which the agent closed it.";

/** What each figure is, with its denominator: docs/metrics.md has those of a single call. */
export const formulas: readonly { name: string; formula: string }[] = [
  {
    name: "Talk share",
    formula:
      "Milliseconds in which the agent spoke ÷ milliseconds of the call, silence included; for several calls the mean of the calls' shares.",
  },
  {
    name: "Longest turn, median",
    formula:
      "Of each call the agent's longest stretch without a word of the customer's but “mm-hm” and without a pause of 5 s; for several calls the middle one, in minutes and seconds.",
  },
  {
    name: "Pace",
    formula:
      "The agent's words ÷ minutes in which the agent spoke, pauses of up to a second counted in; for several calls the mean of the calls'.",
  },
  {
    name: "Checklist followed",
    formula: "Items that were done ÷ items that the playbooks of these calls have.",
  },
  {
    name: "Per 100 calls",
    formula:
      "Calls that ended with the chosen outcome ÷ calls with a report × 100. Its goal is what the best quarter of the agents reached in the period before.",
  },
  {
    name: "Gain",
    formula:
      "Outcome per 100 calls in which the item was done or the card was due, less that of the playbook's calls in which it was skipped or was not due. Marked as too few to say with fewer than 20 calls on either side, or where the 95 % interval of the difference holds 0. It shows what goes together, not what causes what.",
  },
  {
    name: "How calls spread",
    formula:
      "Each call's own figure, on twenty steps of one width from the 1st to the 99th percentile; what lies beyond counts on the outer ones. “Four of five” lie between the 10th and the 90th percentile.",
  },
  { name: "Due", formula: dueFormula },
  { name: "Shown", formula: shownFormula },
  { name: "Dismissed", formula: dismissedFormula },
  {
    name: "Helped",
    formula:
      "“Useful” ÷ (“useful” + “not useful”), of what agents said while they talked and others said afterwards.",
  },
  {
    name: "Median of the team",
    formula: "The middle of the agents' figures, each agent counting once.",
  },
  {
    name: "Effect",
    formula:
      "Mean of the top quarter's calls less mean of the others', ÷ the pooled standard deviation (Cohen's d): 0.2 is small, 0.5 is plain, 0.8 is large.",
  },
  {
    name: "Moments to review",
    formula:
      "Of each call the most telling moment: a minute without a pause, 15 s of dead air and one interruption weigh the same, and a moment is worth half as much after 14 days.",
  },
];

export const metricLabels: Record<MetricName, string> = {
  durationMs: "Length of the call",
  agentMs: "Agent's speech",
  customerMs: "Customer's speech",
  silenceMs: "Silence",
  overtalkMs: "Both at once",
  overlaps: "Times of both at once",
  talkShare: "Talk share",
  talkShareOfSpeech: "Talk share of speech",
  silenceShare: "Share of silence",
  overtalkShare: "Share of both at once",
  turns: "Turns",
  interactivity: "Changes of speaker a minute",
  longestMonologueMs: "Longest turn",
  longestCustomerMs: "Customer's longest turn",
  patienceMs: "Pause before answering",
  interruptionsByAgent: "Interruptions by the agent",
  interruptionsByCustomer: "Interruptions by the customer",
  interruptionRate: "Interruptions per turn",
  paceWpm: "Pace",
  customerPaceWpm: "Customer's pace",
  questionsAsked: "Questions asked",
  fillersPerMinute: "Filler words a minute",
  deadAirCount: "Times of dead air",
  deadAirMs: "Dead air",
  sentiment: "Mood",
  customerSentiment: "Customer's mood",
};

export function figureText(name: FigureName, value: number | null): string {
  return valueText(value, figureUnits[name]);
}

export function metricText(name: MetricName, value: number | null): string {
  return valueText(value, metricUnits[name]);
}

/** "47%", "1:12", "0.6 s", "148", "12.4"; an en dash for what no call tells. */
export function valueText(value: number | null, unit: Unit): string {
  if (value === null) return "–";
  switch (unit) {
    case "share":
      return formatPercent(Math.round(100 * value));
    case "ms":
      return value < 10_000 ? `${(value / 1_000).toFixed(1)} s` : formatDuration(Math.round(value / 1_000));
    case "words-per-minute":
      return formatCount(Math.round(value));
    case "count":
    case "per-minute":
    case "per-hundred":
      return value.toFixed(1);
    case "score":
      return value.toFixed(2);
  }
}

/** "down 2 points", "up 0:06", "no change": how a figure moved, in what can be read at that grain. */
export function changeText(name: FigureName, now: number | null, before: number | null): string {
  if (now === null || before === null) return "";
  const unit = figureUnits[name];
  const by = Math.abs(now - before);
  const size =
    unit === "share"
      ? pointsText(Math.round(100 * by))
      : unit === "ms"
        ? `${Math.round(by / 1_000)} s`
        : unit === "per-hundred"
          ? by.toFixed(1)
          : String(Math.round(by));
  if (/^0(\.0)?( |$)/u.test(size)) return "no change";
  return `${now > before ? "up" : "down"} ${size}`;
}

function pointsText(points: number): string {
  return points === 1 ? "1 point" : `${points} points`;
}

/** "Goal 40–50%", "Goal under 1:00", "Goal over 80%". */
export function goalText(name: FigureName, goal: { from: number | null; to: number | null } | null): string {
  if (!goal || (goal.from === null && goal.to === null)) return "";
  const text = (value: number) => figureText(name, value);
  if (goal.from === null) return `Goal under ${text(goal.to ?? 0)}`;
  if (goal.to === null) return `Goal over ${text(goal.from)}`;
  return `Goal ${text(goal.from).replace("%", "")}–${text(goal.to)}`;
}
