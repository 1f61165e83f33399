import { metricUnits } from "../../../shared/coaching/metrics/catalogue.ts";
import {
  figureNames,
  type insightAdherence,
  type insightAssignments,
  type insightCards,
  type insightDistributions,
  type insightMoments,
  type insightOverview,
  type insightTopCallers,
} from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { InsightScope } from "./scope.ts";

export type Cell = string | number | null;
type Line = readonly Cell[];
/** Its first line names the columns. */
type Table = readonly Line[];
type NameOf = (id: string | null) => string;

/** What the screens show of the calls in scope. */
export type Exported = {
  scope: InsightScope;
  overview: OutputOf<typeof insightOverview>;
  items: OutputOf<typeof insightAdherence>["items"];
  spreads: OutputOf<typeof insightDistributions>["metrics"];
  topCallers: OutputOf<typeof insightTopCallers>;
  cards: OutputOf<typeof insightCards>["cards"];
  moments: OutputOf<typeof insightMoments>["moments"];
  practised: OutputOf<typeof insightAssignments>["assignments"];
};

/**
 * Figures are as they are computed, and metrics have the catalogue's names: shares 0 to 1, durations in ms, the outcome
 * in calls of 100.
 * @param nameOf a person or a team
 */
export function tablesOf(exported: Exported, nameOf: NameOf): Table[] {
  return [
    scopeTable(exported, nameOf),
    figureTable(exported),
    weekTable(exported),
    agentTable(exported, nameOf),
    itemTable(exported),
    itemWeekTable(exported),
    spreadTable(exported),
    binTable(exported),
    topCallerTable(exported),
    cardTable(exported),
    cardAgentTable(exported, nameOf),
    momentTable(exported, nameOf),
    practisedTable(exported, nameOf),
  ];
}

function scopeTable({ scope, overview }: Exported, nameOf: NameOf): Table {
  const { period, against, outcome, calls } = overview;
  return [
    ["Period", period.from, period.to],
    ["Against", against.from, against.to],
    ["Team", scope.teamId === null ? "all" : nameOf(scope.teamId)],
    ["Agent", scope.agentId === null ? "all" : nameOf(scope.agentId)],
    ["Playbook", scope.playbook || "any", scope.version || ""],
    ["Outcome", outcome],
    ["Calls", calls],
  ];
}

function figureTable({ overview: { whole, goals } }: Exported): Table {
  return [
    ["Figure", "now", "before", "goal from", "goal to"],
    ...figureNames.map((name): Line => {
      const { from = null, to = null } = goals[name] ?? {};
      return [name, whole[name].now, whole[name].before, from, to];
    }),
  ];
}

function weekTable({ overview: { weeks } }: Exported): Table {
  return [
    ["Week from", "calls", ...figureNames],
    ...weeks.map(({ from, calls, figures }) => [from, calls, ...figureNames.map((name) => figures[name])]),
  ];
}

function agentTable({ overview: { agents, medians } }: Exported, nameOf: NameOf): Table {
  return [
    ["Agent", "calls", "calls before", ...figureNames.flatMap((name) => [name, `${name} before`])],
    ...agents.map(({ userId, calls, callsBefore, figures }) => [
      ...[nameOf(userId), calls, callsBefore],
      ...figureNames.flatMap((name) => [figures[name].now, figures[name].before]),
    ]),
    ["Median", null, null, ...figureNames.flatMap((name) => [medians[name], null])],
  ];
}

const gainColumns = ["gain", "too few to say"];

function gainCells({ gain, unsure }: { gain: number | null; unsure: boolean }): Cell[] {
  return [gain, unsure ? "yes" : "no"];
}

function itemTable({ items }: Exported): Table {
  return [
    ["Playbook", "checklist item", "done", "skipped", "outcome when done", "outcome when skipped", ...gainColumns], // prettier-ignore
    ...items.map((item) => [
      ...[item.playbookLabel, item.label, item.done, item.skipped],
      ...[item.outcomeDone, item.outcomeSkipped, ...gainCells(item)],
    ]),
  ];
}

function itemWeekTable({ items, overview: { weeks } }: Exported): Table {
  return [
    ["Checklist item by week", "playbook", ...weeks.map(({ from }) => from)],
    ...items.map(({ label, playbookLabel, weeks: shares }) => [label, playbookLabel, ...shares]),
  ];
}

function spreadTable({ spreads }: Exported): Table {
  const parts = ["one in ten under", "half under", "nine in ten under"];
  return [
    ["Metric", "unit", "calls", ...parts, ...parts.map((part) => `${part}, before`)],
    ...spreads.map(({ metric, calls, spread, spreadBefore }) => [
      ...[metric, metricUnits[metric], calls],
      ...[spread, spreadBefore].flatMap((of) => [of?.p10 ?? null, of?.median ?? null, of?.p90 ?? null]),
    ]),
  ];
}

function binTable({ spreads }: Exported): Table {
  return [
    ["Spread of metric", "from", "to", "calls", "share of calls"],
    ...spreads.flatMap(({ metric, bins }) =>
      bins.map(({ from, to, calls, share }): Line => [metric, from, to, calls, share]),
    ),
  ];
}

function topCallerTable({ topCallers: { top, others, differences } }: Exported): Table {
  return [
    ["What top callers do differently", `${top} top callers`, `${others} others`, "effect"],
    ...differences.map((one) => [one.label, one.top, one.others, one.effect]),
  ];
}

function cardTable({ cards }: Exported): Table {
  const outcome = ["outcome with it", "outcome without it"];
  return [
    ["Card", "playbook", ...cardColumns, ...outcome, ...gainColumns],
    ...cards.map((card) => [
      ...[card.title, card.playbookLabel, ...cardCells(card)],
      ...[card.outcomeWith, card.outcomeWithout, ...gainCells(card)],
    ]),
  ];
}

function cardAgentTable({ cards }: Exported, nameOf: NameOf): Table {
  return [
    ["Card by agent", "playbook", "agent", ...cardColumns],
    ...cards.flatMap(({ title, playbookLabel, agents }) =>
      agents.map((agent): Line => [title, playbookLabel, nameOf(agent.userId), ...cardCells(agent)]),
    ),
  ];
}

const cardColumns = ["due", "calls", "shown", "dismissed", "useful", "not useful"];

function cardCells(of: Omit<Exported["cards"][number]["agents"][number], "userId">): number[] {
  return [of.due, of.calls, of.shown, of.dismissed, of.useful, of.notUseful];
}

function momentTable({ moments }: Exported, nameOf: NameOf): Table {
  return [
    ["Moment", "agent", "with", "call began", "at ms", "until ms", "reviewed"],
    ...moments.map(({ moment, agentId, leadName, at, reviewed }) => [
      ...[moment.text, nameOf(agentId), leadName, at],
      ...[moment.atMs, moment.endMs, reviewed ? "yes" : "no"],
    ]),
  ];
}

function practisedTable({ practised }: Exported, nameOf: NameOf): Table {
  return [
    [
      "Being practised",
      "agent",
      "due",
      "metric",
      "goal",
      "value",
      "calls wanted",
      "calls reached",
      "calls since",
    ],
    ...practised.map(({ assignment: { practise, agentId, dueOn, goal }, reached, calls }) => [
      ...[practise, nameOf(agentId), dueOn],
      ...[goal?.metric ?? null, goal?.is ?? null, goal?.value ?? null, goal?.calls ?? null],
      ...(goal ? [reached, calls] : [null, null]),
    ]),
  ];
}
