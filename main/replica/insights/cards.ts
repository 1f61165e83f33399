import type { RecordId, UserId } from "../../../shared/entities/id.ts";
import type { CallReport } from "../../../shared/entities/insight.ts";
import type { insightCards } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";
import { nameOf } from "./adherence.ts";
import { callFacts } from "./call-facts.ts";
import { readCardOutcomes } from "./card-outcomes.ts";
import { cardShowings } from "./card-showings.ts";
import { readLeadNames } from "./moments.ts";
import { isByHand } from "./notes.ts";
import { inPeriod, ofAgents, periodsOf, type InsightPorts, type InsightScope } from "./scope.ts";

type Card = OutputOf<typeof insightCards>["cards"][number];
type Counts = { useful: number; notUseful: number };
/** A card of one playbook in the calls of one agent. */
type Due = {
  playbook: string;
  key: string;
  agentId: UserId | null;
  due: number;
  calls: number;
  example: RecordId;
};
type Shown = { playbook: string; key: string; agentId: UserId | null; shown: number; dismissed: number };
type Judged = { playbook: string; key: string; agentId: UserId | null } & Counts;
type Judgement = {
  playbook: string;
  key: string;
  callId: RecordId;
  agentId: UserId | null;
  atMs: number;
  byId: UserId;
  useful: boolean;
};

const mostMoments = 10;

/**
 * Of the calls in scope: how often the playbooks' rules called for which cards, how often a window showed one to an
 * agent, and what people said of them. Those due most come first.
 */
export async function readCards(ports: InsightPorts, scope: InsightScope): Promise<{ cards: Card[] }> {
  const due = await readDue(ports, scope);
  const shown = Map.groupBy(await readShown(ports, scope), nameOf);
  const judged = Map.groupBy(await readJudged(ports, scope), nameOf);
  const latest = Map.groupBy(await readLatest(ports, scope), nameOf);
  const reports = await readReports(ports, [
    ...due.map(({ example }) => example),
    ...[...latest.values()].flat().map(({ callId }) => callId),
  ]);
  const leads = await readLeadNames(ports.replica.reads, [...reports.values()]);
  const labels = new Map(ports.settings.playbooks().map(({ key, label }) => [key, label]));
  const outcomeOfCard = await readCardOutcomes(ports, scope);
  const byName = Map.groupBy(due, nameOf);
  // What an agent has seen and judged need not stand in the report: its rules may have heard it otherwise.
  const known = [due, ...shown.values(), ...judged.values()].flat();
  const names = new Map(known.map((one) => [nameOf(one), one]));
  const cards = [...names].map(([name, { playbook, key }]): Card => {
    const own = byName.get(name) ?? [];
    const seen = shown.get(name) ?? [];
    const said = judged.get(name) ?? [];
    const example = reports.get(own[0]?.example ?? "");
    const places = latest.get(name) ?? placesOf(example, key);
    return {
      ...{ playbook, playbookLabel: labels.get(playbook) ?? playbook },
      ...{ key, title: titleOf(example, key) },
      due: own.reduce((sum, one) => sum + one.due, 0),
      calls: own.reduce((sum, one) => sum + one.calls, 0),
      ...timesShown(seen),
      ...countOf(said),
      ...outcomeOfCard({ playbook, key }),
      agents: agentsOf(own, seen, said),
      moments: places.flatMap((place) => momentOf(place, reports.get(place.callId), leads)),
    };
  });
  return { cards: cards.toSorted((a, b) => b.due - a.due || (nameOf(a) < nameOf(b) ? -1 : 1)) };
}

function readDue({ replica, ...ports }: InsightPorts, scope: InsightScope): Promise<Due[]> {
  const parameters = createParameters();
  return replica.reads.sql<Due>(
    `select playbook, key, agent_id as "agentId", sum(calls * times)::int as due, sum(calls)::int as calls,
       max(example) as example
     from (select playbook, agent_id, cards, count(*) as calls, max(call_id) as example from ${callFacts}
       where cards <> '{}' and ${ofAgents(scope, replica, parameters)}
         and ${inPeriod(periodsOf(scope, { replica, ...ports }).now, parameters)}
       group by 1, 2, 3) alike, lateral (select key, count(*) as times from unnest(cards) key group by 1) card
     group by 1, 2, 3`,
    parameters.values,
  );
}

function readShown({ replica, ...ports }: InsightPorts, scope: InsightScope): Promise<Shown[]> {
  const parameters = createParameters();
  return replica.reads.sql<Shown>(
    `select shown.playbook, shown.key, fact.agent_id as "agentId", count(*)::int as shown,
       (count(*) filter (where dismissed))::int as dismissed
     from ${cardShowings} shown join ${factsIn(scope, { replica, ...ports }, parameters)} on fact.call_id = shown.call_id
       and (row_of = 'alone' or fact.agent_id = shown.agent_id)
     group by 1, 2, 3`,
    parameters.values,
  );
}

/** What was said of cards in the calls in scope, as `said`. */
function feedbackIn({ replica, ...ports }: InsightPorts, scope: InsightScope) {
  const parameters = createParameters();
  // By themselves first (offset): looked up call by call, all insights of all calls would be looked into.
  const feedback = `select id, doc from ${replica.reads.table("insights")}
    where not deleted and ${isByHand} and doc->>'kind' = 'card-feedback' offset 0`;
  const from = `(select doc->>'playbook' as playbook, doc->>'card' as key, fact.agent_id as "agentId",
        fact.call_id as "callId", (doc->>'atMs')::int as "atMs", doc->>'byId' as "byId",
        (doc->>'useful')::bool as useful, fact.at_ms, id
      from (${feedback}) feedback join ${factsIn(scope, { replica, ...ports }, parameters)}
        on fact.call_id = doc->>'callId' and (row_of = 'alone' or fact.agent_id = doc->>'agentId')) said`;
  return { from, values: parameters.values };
}

/** Of the calls in scope, each of whoever had it. */
function factsIn(scope: InsightScope, ports: InsightPorts, parameters: Parameters): string {
  return `(select call_id, row_of, agent_id, at_ms from ${callFacts} where ${ofAgents(scope, ports.replica, parameters)}
    and ${inPeriod(periodsOf(scope, ports).now, parameters)}) fact`;
}

function readJudged(ports: InsightPorts, scope: InsightScope): Promise<Judged[]> {
  const { from, values } = feedbackIn(ports, scope);
  return ports.replica.reads.sql<Judged>(
    `select playbook, key, "agentId", count(*) filter (where useful)::int as useful,
       count(*) filter (where not useful)::int as "notUseful"
     from ${from} group by 1, 2, 3`,
    values,
  );
}

function readLatest(ports: InsightPorts, scope: InsightScope): Promise<Judgement[]> {
  const { from, values } = feedbackIn(ports, scope);
  return ports.replica.reads.sql<Judgement>(
    `select playbook, key, "callId", "agentId", "atMs", "byId", useful
     from (select *, row_number() over (partition by playbook, key order by at_ms desc, id) as place from ${from}) ranked
     where place <= ${mostMoments} order by place`,
    values,
  );
}

async function readReports(
  { replica }: InsightPorts,
  callIds: readonly RecordId[],
): Promise<ReadonlyMap<string, CallReport>> {
  const ids = new Set(callIds.map((callId) => `report:${callId}`));
  const found = await replica.reads.getAll("insights", [...ids]);
  return new Map(
    [...found.values()].flatMap((one) => (one.kind === "report" ? [[one.callId ?? "", one] as const] : [])),
  );
}

function titleOf(report: CallReport | undefined, key: string): string {
  return report?.cards.find((card) => card.key === key)?.title ?? key;
}

function countOf(judged: readonly Counts[]): Counts {
  const sum = (of: keyof Counts) => judged.reduce((all, one) => all + one[of], 0);
  return { useful: sum("useful"), notUseful: sum("notUseful") };
}

function timesShown(shown: readonly Shown[]) {
  const sum = (of: "shown" | "dismissed") => shown.reduce((all, one) => all + one[of], 0);
  return { shown: sum("shown"), dismissed: sum("dismissed") };
}

function agentsOf(due: readonly Due[], shown: readonly Shown[], judged: readonly Judged[]): Card["agents"] {
  const agents = new Set([...due, ...shown, ...judged].map(({ agentId }) => agentId));
  const timesOf = (userId: UserId) => {
    const own = due.find(({ agentId }) => agentId === userId);
    return { due: own?.due ?? 0, calls: own?.calls ?? 0 };
  };
  return [...agents]
    .filter((userId) => userId !== null)
    .map((userId) => ({
      userId,
      ...timesOf(userId),
      ...timesShown(shown.filter(({ agentId }) => agentId === userId)),
      ...countOf(judged.filter(({ agentId }) => agentId === userId)),
    }))
    .toSorted((a, b) => b.due - a.due || (a.userId < b.userId ? -1 : 1));
}

type Place = Pick<Judgement, "callId" | "atMs"> & { byId: UserId | null; useful: boolean | null };

/** Where it was due in a call, once. */
function placesOf(report: CallReport | undefined, key: string): Place[] {
  const card = report?.cards.find((one) => one.key === key);
  return report?.callId && card ? [{ callId: report.callId, atMs: card.atMs, byId: null, useful: null }] : [];
}

function momentOf(
  { callId, atMs, byId, useful }: Place,
  report: CallReport | undefined,
  leads: ReadonlyMap<string, string>,
): Card["moments"] {
  if (!report) return [];
  const { agentId, leadId, at } = report;
  return [{ callId, agentId, leadName: leads.get(leadId ?? "") ?? null, at, atMs, byId, useful }];
}
