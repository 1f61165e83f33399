import { checklistGoal, goalOf, type Goal } from "../../../shared/coaching/goals.ts";
import type { UserId } from "../../../shared/entities/id.ts";
import type { FigureName, insightOverview } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters } from "../live/parameters.ts";
import { callFacts } from "./call-facts.ts";
import { figuresOf, figuresSql, mapFigures, medianOf, type Figures } from "./figures.ts";
import {
  inPeriod,
  inScope,
  ofEverybody,
  outcomeOf,
  periodsOf,
  scorecardOf,
  whichOf,
  type InsightPorts,
  type InsightScope,
  type Period,
} from "./scope.ts";

type Overview = OutputOf<typeof insightOverview>;
type Group = Figures & { calls: number };
type AgentGroup = Group & { agentId: string; isNow: boolean };

/** With fewer calls an agent's outcome is chance. */
export const tellingCalls = 20;
const tellingAgents = 4;

/** The tiles, their twelve weeks, and the agents beside each other. */
export async function readOverview(ports: InsightPorts, scope: InsightScope): Promise<Overview> {
  const { replica, settings } = ports;
  const { me } = replica;
  const { now, before, weeks } = periodsOf(scope, ports);
  const outcome = outcomeOf(scope, settings);
  const groups = await readAgents(ports, scope, outcome, now, before);
  const [whole, wholeBefore] = await readPeriods(ports, scope, outcome, [now, before]);
  const perWeek = await readPeriods(ports, scope, outcome, weeks);
  const ofNow = groups.filter(({ isNow }) => isNow);
  const { playbooks, callsOnDevice } = await readPlaybooks(ports);
  return {
    period: daysOf(now),
    against: daysOf(before),
    calls: whole?.calls ?? 0,
    callsOnDevice,
    outcome,
    goals: goalsOf(ports, scope, groups),
    whole: mapFigures((name) => ({ now: whole?.[name] ?? null, before: wholeBefore?.[name] ?? null })),
    weeks: weeks.map(({ from }, index) => ({
      from,
      calls: perWeek[index]?.calls ?? 0,
      figures: figuresOf(perWeek[index]),
    })),
    agents: agentsOf(groups, me.role === "agent" ? me.userId : null),
    medians: mapFigures((name) => medianOf(ofNow.map((group) => group[name]))),
    playbooks,
  };
}

function daysOf({ from, to }: Period) {
  return { from, to };
}

/** Everybody's, also where one agent was chosen: the team's median is of all of them. */
function readAgents(
  { replica }: InsightPorts,
  scope: InsightScope,
  outcome: string,
  now: Period,
  before: Period,
): Promise<AgentGroup[]> {
  const parameters = createParameters();
  const isNow = inPeriod(now, parameters);
  return replica.reads.sql<AgentGroup>(
    `select agent_id as "agentId", ${isNow} as "isNow", ${figuresSql(parameters.add(outcome))}
     from ${callFacts} where ${ofEverybody(scope, parameters)} and agent_id is not null
       and (${isNow} or ${inPeriod(before, parameters)})
     group by 1, 2`,
    parameters.values,
  );
}

/** In their order; a period without calls has a group of none. */
async function readPeriods(
  { replica }: InsightPorts,
  scope: InsightScope,
  outcome: string,
  periods: readonly Period[],
): Promise<(Group | undefined)[]> {
  const parameters = createParameters();
  const found = await replica.reads.sql<Group & { period: number }>(
    `select period, ${figuresSql(parameters.add(outcome))}
     from (select *, ${whichOf(periods, parameters)} as period from ${callFacts}) fact
     where ${inScope(scope, replica, parameters)} and period is not null group by 1`,
    parameters.values,
  );
  const byPeriod = new Map(found.map((group) => [group.period, group]));
  return periods.map((_, index) => byPeriod.get(index));
}

/** Who reached most first. */
function agentsOf(groups: readonly AgentGroup[], only: string | null): Overview["agents"] {
  const wanted = only === null ? groups : groups.filter(({ agentId }) => agentId === only);
  const before = new Map(wanted.filter(({ isNow }) => !isNow).map((group) => [group.agentId, group]));
  return wanted
    .filter(({ isNow }) => isNow)
    .map((group) => ({
      userId: group.agentId as UserId,
      calls: group.calls,
      callsBefore: before.get(group.agentId)?.calls ?? 0,
      figures: mapFigures((name) => ({
        now: group[name],
        before: before.get(group.agentId)?.[name] ?? null,
      })),
    }))
    .sort((a, b) => reached(b) - reached(a) || (a.userId < b.userId ? -1 : 1));

  function reached({ figures }: Overview["agents"][number]): number {
    return figures.outcome.now ?? 0;
  }
}

function goalsOf(
  { settings }: InsightPorts,
  scope: InsightScope,
  groups: readonly AgentGroup[],
): Record<FigureName, Goal | null> {
  const scorecard = scorecardOf(scope.teamId, settings);
  return {
    talkShare: goalOf("talkShare", scorecard),
    longestTurn: goalOf("longestMonologueMs", scorecard),
    pace: goalOf("paceWpm", scorecard),
    checklist: checklistGoal,
    outcome: bestQuarter(groups.filter(({ isNow }) => !isNow)),
  };
}

/** Nobody sets a goal for the outcome: it is what the best quarter of the agents reached in the period before. */
function bestQuarter(groups: readonly AgentGroup[]): Goal | null {
  const telling = groups.filter(({ calls }) => calls >= tellingCalls).map(({ outcome }) => outcome ?? 0);
  if (telling.length < tellingAgents) return null;
  const sorted = telling.toSorted((a, b) => b - a);
  return { from: sorted[Math.ceil(sorted.length / 4) - 1] ?? null, to: null };
}

async function readPlaybooks({
  replica,
  settings,
}: InsightPorts): Promise<Pick<Overview, "playbooks" | "callsOnDevice">> {
  const used = await replica.reads.sql<{ key: string; versions: number[]; calls: number }>(
    `select playbook as key, array_agg(distinct version order by version desc) as versions, count(*)::int as calls
     from ${callFacts} where row_of <> 'part' group by 1 order by 1`,
  );
  const labels = new Map(settings.playbooks().map(({ key, label }) => [key, label]));
  return {
    callsOnDevice: used.reduce((sum, { calls }) => sum + calls, 0),
    playbooks: used
      .filter(({ key }) => key !== "")
      .map(({ key, versions }) => ({ key, versions, label: labels.get(key) ?? key })),
  };
}
