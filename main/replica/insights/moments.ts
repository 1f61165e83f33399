import type { CallReport } from "../../../shared/entities/insight.ts";
import type { RecordId, UserId } from "../../../shared/entities/id.ts";
import type { insightMoments } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters } from "../live/parameters.ts";
import type { Reads } from "../replica.ts";
import { callFacts } from "./call-facts.ts";
import { readNotes, type Note } from "./notes.ts";
import { inPeriod, ofAgents, periodsOf, type InsightPorts, type InsightScope } from "./scope.ts";
import { readWaves } from "./waves.ts";

type Shown = OutputOf<typeof insightMoments>["moments"][number];
type Ranked = { callId: RecordId; agentId: UserId | null; place: number; good: boolean };

const mostBad = 14;
const mostGood = 6;
/** One agent does not fill the list of all. */
const mostOfOne = 4;
/** A moment is worth half as much after so long. */
const halfLifeMs = 14 * 86_400_000;
/** What was said of a moment may begin a little beside it. */
const besideMs = 2_000;

/** The most telling moments of the period, strongest first, good ones among them: a list that comes to an end. */
export async function readMoments(
  ports: InsightPorts,
  scope: InsightScope,
): Promise<OutputOf<typeof insightMoments>> {
  const { reads } = ports.replica;
  const ranked = await rankMoments(ports, scope);
  const callIds = [...new Set(ranked.map(({ callId }) => callId))];
  const reports = await reads.getAll(
    "insights",
    callIds.map((id) => `report:${id}`),
  );
  const waves = await readWaves(reads, callIds);
  const notes = await readNotes(reads, "doc->>'callId' = any($1::text[])", [callIds]);
  const names = await readLeadNames(reads, [...reports.values()]);
  const moments = ranked.flatMap(({ callId, agentId, place }): Shown[] => {
    const report = reports.get(`report:${callId}`);
    const moment = report?.kind === "report" ? report.moments[place] : undefined;
    if (report?.kind !== "report" || !moment) return [];
    const { wave = [], durationMs = 0 } = waves.get(callId) ?? {};
    return [
      {
        callId,
        agentId,
        leadName: names.get(report.leadId ?? "") ?? null,
        at: report.at,
        durationMs: Math.max(durationMs, Math.round(report.metrics["durationMs"] ?? 0), moment.endMs),
        moment,
        wave,
        reviewed: notes.some((note) => isOn(note, callId, moment)),
      },
    ];
  });
  return { moments, left: moments.filter(({ reviewed }) => !reviewed).length };
}

/** Their places in the reports; an agent's are all their own. */
export function rankMoments(ports: InsightPorts, scope: InsightScope): Promise<Ranked[]> {
  const { replica, clock } = ports;
  const parameters = createParameters();
  const age = `power(0.5, (${parameters.add(clock.now())}::float8 - at_ms) / ${halfLifeMs})`;
  const perAgent = replica.me.role === "agent" || scope.agentId !== null ? mostBad : mostOfOne;
  return replica.reads.sql<Ranked>(
    `select call_id as "callId", agent_id as "agentId", place, good from (
       select call_id, agent_id, place, good, strength, by_agent, row_number() over (partition by good order by strength desc, call_id) as by_sort
       from (select call_id, agent_id, place, good, weight * ${age} as strength,
           row_number() over (partition by agent_id, good order by weight * ${age} desc, call_id) as by_agent
         from ${callFacts}, lateral (values (bad_moment, bad_weight, false), (good_moment, good_weight, true))
           told (place, weight, good)
         where place is not null and ${ofAgents(scope, replica, parameters)}
           and ${inPeriod(periodsOf(scope, ports).now, parameters)}) ranked
       where by_agent <= ${perAgent}) listed
     where by_sort <= case when good then ${mostGood} else ${mostBad} end
     order by strength desc, call_id`,
    parameters.values,
  );
}

export async function readLeadNames(
  reads: Reads,
  records: readonly { leadId: string | null }[],
): Promise<Map<string, string>> {
  const leads = await reads.getAll(
    "leads",
    records.flatMap(({ leadId }) => leadId ?? []),
  );
  return new Map(Array.from(leads, ([id, { name }]) => [id, name]));
}

function isOn(note: Note, callId: string, moment: CallReport["moments"][number]): boolean {
  if (note.kind === "scoring" || note.callId !== callId || note.atMs === null) return false;
  return note.atMs >= moment.atMs - besideMs && note.atMs <= moment.endMs + besideMs;
}
