import type { Scorecard } from "../../../shared/entities/setting.ts";
import type { insightOverview } from "../../../shared/rpc/contract/insights.ts";
import type { ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { addDays, dayOf, startOfDay } from "../../../shared/time/zone.ts";
import type { Parameters } from "../live/parameters.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { Replica } from "../replica.ts";

export type InsightScope = ParsedInputOf<typeof insightOverview>;
export type InsightPorts = { replica: Replica; settings: TenantSettings; clock: Clock };

/** Days of the tenant's calendar, both included, and the instants (ms) at which they begin and end. */
export type Period = { from: string; to: string; fromMs: number; untilMs: number };

const lastYearDays = 364;

export function periodsOf({ days, against }: InsightScope, { settings, clock }: InsightPorts) {
  const zone = settings.business().timeZone;
  const today = dayOf(clock.now(), zone);
  const from = addDays(today, 1 - days);
  const shift = against === "before" ? days : lastYearDays;
  return {
    now: periodOf(from, today, zone),
    before: periodOf(addDays(from, -shift), addDays(today, -shift), zone),
    weeks: Array.from({ length: 12 }, (_, week) => {
      const first = addDays(today, 1 - 7 * (12 - week));
      return periodOf(first, addDays(first, 6), zone);
    }),
  };
}

function periodOf(from: string, to: string, zone: string): Period {
  return { from, to, fromMs: startOfDay(from, zone), untilMs: startOfDay(addDays(to, 1), zone) };
}

export function inPeriod({ fromMs, untilMs }: Period, parameters: Parameters): string {
  return `(at_ms >= ${parameters.add(fromMs)} and at_ms < ${parameters.add(untilMs)})`;
}

/** In which of the periods a call began, counted from 0; null = in none. */
export function whichOf(periods: readonly Period[], parameters: Parameters): string {
  const cases = periods.map((period, index) => `when ${inPeriod(period, parameters)} then ${index}`);
  return `(case ${cases.join(" ")} end)`;
}

/** Of the team and by the playbook that were chosen, each agent's own: what several had counts for each of them. */
export function ofEverybody(scope: InsightScope, parameters: Parameters): string {
  return `${ofTeam(scope, parameters)} and ${perAgent}`;
}

const perAgent = "row_of <> 'whole'";
const perCall = "row_of <> 'part'";

function ofTeam({ teamId, playbook, version }: InsightScope, parameters: Parameters): string {
  const conditions = [
    teamId === null ? "true" : `team_id = ${parameters.add(teamId)}`,
    playbook === "" ? "true" : `playbook = ${parameters.add(playbook)}`,
    playbook === "" || version === 0 ? "true" : `version = ${parameters.add(version)}`,
  ];
  return conditions.join(" and ");
}

/** Calls of everybody, each counting once, or the chosen agent's own; agents look at nobody's but their own. */
export function inScope(scope: InsightScope, replica: Replica, parameters: Parameters): string {
  if (chosenAgent(scope, replica) !== null) return ofAgents(scope, replica, parameters);
  return `${ofTeam(scope, parameters)} and ${perCall}`;
}

/** The same calls, what several had told apart by who did what in them. */
export function ofAgents(scope: InsightScope, replica: Replica, parameters: Parameters): string {
  const agentId = chosenAgent(scope, replica);
  const ofAgent = agentId === null ? "true" : `agent_id = ${parameters.add(agentId)}`;
  return `${ofEverybody(scope, parameters)} and ${ofAgent}`;
}

function chosenAgent({ agentId }: InsightScope, { me }: Replica): InsightScope["agentId"] {
  return me.role === "agent" ? me.userId : agentId;
}

/** The disposition that counts as success: what was asked for, else the first one after which nothing is left to do. */
export function outcomeOf({ outcome }: InsightScope, settings: TenantSettings): string {
  if (outcome !== "") return outcome;
  const all = settings.dispositions().filter(({ archived }) => !archived);
  return (all.find(({ followUp }) => !followUp) ?? all[0])?.key ?? "";
}

/** The team's own scorecard, else one that is for all. */
export function scorecardOf(teamId: string | null, settings: TenantSettings): Scorecard | null {
  const known = settings.scorecards();
  return (
    known.find((card) => teamId !== null && card.teamId === teamId) ??
    known.find((card) => card.teamId === null) ??
    null
  );
}
