import type { RecordId, UserId } from "../../../shared/entities/id.ts";
import type { CallReport } from "../../../shared/entities/insight.ts";
import type { Behind, insightCallsBehind } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";
import { callFacts } from "./call-facts.ts";
import { edgesOf, readSteps, stepSql } from "./distribution.ts";
import { readLeadNames } from "./moments.ts";
import { inPeriod, inScope, periodsOf, type InsightPorts, type InsightScope } from "./scope.ts";

type CallsBehind = OutputOf<typeof insightCallsBehind>;
/** `place` is that of the most telling moment in the report. */
type Row = {
  callId: RecordId;
  agentId: UserId | null;
  value: number | null;
  place: number | null;
  calls: number;
};

type Condition = (parameters: Parameters) => string;

const mostListed = 50;

/** The calls that a bar of a distribution counts, or in which an item was done or skipped: the newest first. */
export async function readCallsBehind(
  ports: InsightPorts,
  scope: InsightScope & { behind: Behind },
): Promise<CallsBehind> {
  const { behind } = scope;
  if (behind.of === "item") return { bin: null, ...(await readCalls(ports, scope, ofItem(behind))) };
  const steps = await readSteps(ports, { ...scope, metric: behind.metric });
  if (!steps || behind.step >= steps.count) return { bin: null, label: "", calls: 0, listed: [] };
  const ofBar: Condition = (parameters) =>
    `"${behind.metric}" is not null and ${stepSql(behind.metric, steps, parameters)} = ${parameters.add(behind.step + 1)}`;
  return { bin: edgesOf(steps, behind.step), ...(await readCalls(ports, scope, ofBar)) };
}

function ofItem({ playbook, key, done }: Extract<Behind, { of: "item" }>): Condition {
  return (parameters) =>
    `playbook = ${parameters.add(playbook)} and ${parameters.add(key)} = any(${done ? "done" : "skipped"})`;
}

async function readCalls(
  ports: InsightPorts,
  scope: InsightScope & { behind: Behind },
  condition: Condition,
): Promise<Omit<CallsBehind, "bin">> {
  const { reads } = ports.replica;
  const { behind } = scope;
  const rows = await readRows(ports, scope, condition);
  const found = await reads.getAll(
    "insights",
    rows.map(({ callId }) => `report:${callId}`),
  );
  const names = await readLeadNames(reads, [...found.values()]);
  const listed = rows.flatMap((row): CallsBehind["listed"] => {
    const report = found.get(`report:${row.callId}`);
    if (report?.kind !== "report") return [];
    const { callId, agentId, value } = row;
    const leadName = names.get(report.leadId ?? "") ?? null;
    return [{ callId, agentId, leadName, at: report.at, value, ...placeIn(report, row, behind) }];
  });
  const example = [...found.values()].find((report) => report.kind === "report");
  const label = behind.of === "item" && example ? (itemIn(example, behind.key)?.label ?? "") : "";
  return { label, calls: rows[0]?.calls ?? 0, listed };
}

function readRows(
  ports: InsightPorts,
  scope: InsightScope & { behind: Behind },
  condition: Condition,
): Promise<Row[]> {
  const { replica } = ports;
  const { behind } = scope;
  const parameters = createParameters();
  return replica.reads.sql<Row>(
    `select call_id as "callId", agent_id as "agentId",
       ${behind.of === "metric" ? `"${behind.metric}"` : "null::float8"} as value,
       coalesce(bad_moment, good_moment) as place, (count(*) over ())::int as calls
     from ${callFacts}
     where ${inScope(scope, replica, parameters)} and ${inPeriod(periodsOf(scope, ports).now, parameters)}
       and ${condition(parameters)}
     order by at_ms desc, call_id limit ${mostListed}`,
    parameters.values,
  );
}

function placeIn(
  report: CallReport,
  { place }: Row,
  behind: Behind,
): Pick<CallsBehind["listed"][number], "atMs" | "text"> {
  const doneAtMs = behind.of === "item" && behind.done ? itemIn(report, behind.key)?.atMs : null;
  if (typeof doneAtMs === "number") return { atMs: doneAtMs, text: "" };
  const moment = place === null ? undefined : report.moments[place];
  return { atMs: moment?.atMs ?? 0, text: moment?.text ?? "" };
}

function itemIn({ items }: CallReport, key: string): CallReport["items"][number] | undefined {
  return items.find((item) => item.key === key);
}
