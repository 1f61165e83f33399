import { isOfOwnExchange, otherNumber } from "../../shared/calls/call.ts";
import { belongsTo } from "../../shared/calls/members.ts";
import { figureQueues } from "../../shared/calls/queue-figures.ts";
import type { Identity } from "../http/index.ts";
import type { MonitorFacts, OpenCall } from "./monitor-facts.ts";
import { AgentState, type Monitor, type MonitorAgent, type MonitorCall } from "./monitor-wire.ts";

/**
 * What somebody who oversees calls is shown. Figures are those of the whole tenant; calls are those that the person
 * may see, and of callers who wait and are another team's only how long they have waited.
 */
export function figureMonitor(facts: MonitorFacts, viewer: Pick<Identity, "role" | "teamIds">): Monitor {
  const agents = figureAgents(facts);
  const waiting = facts.calls
    .filter(isWaiting)
    .map(({ queue, waitsSince }) => ({ queue, since: waitsSince }));
  return {
    now: new Date(facts.nowMs).toISOString(),
    queues: figureQueues(facts.queues, waiting, facts.waits).map((figures) => ({
      ...figures,
      agents: countStates(agents, membersOf(facts, figures.queue)),
    })),
    calls: facts.calls
      .filter((call) => call.visible || isWaiting(call))
      .map((call) => figureCall(call, facts, viewer)),
    agents,
  };
}

/** In a queue, and no desk rings for them at this moment. */
function isWaiting({ phase }: OpenCall): boolean {
  return phase === "queued";
}

/** Everybody who takes calls, by what they do. */
function figureAgents({ people, presence, calls, breakReasons }: MonitorFacts): MonitorAgent[] {
  const entries = new Map(presence.map((entry) => [entry.userId as string, entry]));
  return people
    .filter(({ active, role }) => active && role !== "operator")
    .map(({ userId, name }) => {
      const entry = entries.get(userId);
      const call = calls.find((one) => one.agentId === userId);
      const reason = breakReasons.find(({ key }) => key === entry?.reason)?.label ?? "";
      if (call)
        return { userId, name, state: "on-call", reason: "", since: call.answeredAt ?? call.startedAt };
      return { userId, name, state: entry?.presence ?? "offline", reason, since: entry?.since ?? null };
    });
}

/** The people of a queue; in queues that nobody configured, everybody. */
function membersOf({ queues, people }: MonitorFacts, key: string): ReadonlySet<string> {
  const queue = queues.find((one) => one.key === key);
  const members = queue ? people.filter((person) => belongsTo(queue, person)) : people;
  return new Set(members.map(({ userId }) => userId));
}

function countStates(agents: readonly MonitorAgent[], members: ReadonlySet<string>) {
  const counts = AgentState.options.map((state) => [
    state,
    agents.filter((agent) => agent.state === state && members.has(agent.userId)).length,
  ]);
  return Object.fromEntries(counts) as Record<AgentState, number>;
}

function figureCall(
  call: OpenCall,
  { people }: MonitorFacts,
  viewer: Pick<Identity, "role" | "teamIds">,
): MonitorCall {
  const { callId, direction, phase, startedAt, answeredAt, queue, visible } = call;
  const involved = call.agentId === null ? call.rings : [call.agentId];
  return {
    ...{ callId, direction, phase, startedAt, answeredAt, queue },
    waitsSince: isWaiting(call) ? call.waitsSince : null,
    agents: people.filter(({ userId }) => involved.includes(userId)).map(({ name }) => name),
    number: visible ? otherNumber(call) : "",
    leadName: visible ? (call.leadName ?? "") : "",
    mayEnd: visible && call.ours && mayEnd(call, viewer),
    endsAtDesk: visible && !call.ours && isOfOwnExchange(call) && mayEnd(call, viewer),
  };
}

/** As telephony/control-call.ts decides it. */
function mayEnd({ teamId }: OpenCall, { role, teamIds }: Pick<Identity, "role" | "teamIds">): boolean {
  return role === "admin" || teamId === null || teamIds.includes(teamId);
}
