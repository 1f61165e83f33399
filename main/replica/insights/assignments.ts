import { metricNames, type MetricName } from "../../../shared/coaching/metrics/catalogue.ts";
import type { Assignment } from "../../../shared/entities/insight.ts";
import type { insightAssignments } from "../../../shared/rpc/contract/insights.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { Reads, Replica } from "../replica.ts";
import { callFacts } from "./call-facts.ts";
import { readNotes } from "./notes.ts";

type Answer = OutputOf<typeof insightAssignments>;

/** What is open, those that are due first, with how far it has come. */
export async function readAssignments(
  { reads, me }: Replica,
  { teamId, agentId }: ParsedInputOf<typeof insightAssignments>,
): Promise<Answer> {
  const who = me.role === "agent" ? me.userId : agentId;
  const notes = await readNotes(
    reads,
    `doc->>'kind' = 'assignment' and doc->>'status' = 'open'
       and ($1::text is null or doc->>'teamId' = $1) and ($2::text is null or doc->>'agentId' = $2)`,
    [teamId, who],
  );
  const open = await withoutFinished(
    reads,
    notes.filter((note) => note.kind === "assignment"),
  );
  const assignments = await Promise.all(
    open.map(async (assignment) => ({ assignment, ...(await readProgress({ reads }, assignment)) })),
  );
  return {
    assignments: assignments.toSorted((a, b) => dueOf(a.assignment).localeCompare(dueOf(b.assignment))),
  };
}

/** Whoever has finished the task has done what was asked. */
async function withoutFinished(reads: Reads, assignments: readonly Assignment[]): Promise<Assignment[]> {
  const tasks = await reads.getAll(
    "tasks",
    assignments.flatMap(({ taskId }) => taskId ?? []),
  );
  return assignments.filter(({ taskId }) => !taskId || (tasks.get(taskId)?.doneAt ?? null) === null);
}

function dueOf({ dueOn, at }: Assignment): string {
  return `${dueOn ?? "9999-12-31"} ${at}`;
}

/** Calls of the agent that began after it was given, and those of them in which the figure was as it should be. */
async function readProgress(
  { reads }: Pick<Replica, "reads">,
  { goal, agentId, at }: Assignment,
): Promise<{ reached: number; calls: number }> {
  if (!goal || !isMetric(goal.metric)) return { reached: 0, calls: 0 };
  const [found] = await reads.sql<{ reached: number; calls: number }>(
    `select count(*) filter (where "${goal.metric}" ${goal.is === "over" ? ">" : "<"} $3)::int as reached,
       count(*)::int as calls
     from ${callFacts} where agent_id = $1 and row_of <> 'whole' and at_ms > $2 and "${goal.metric}" is not null`,
    [agentId, Date.parse(at), goal.value],
  );
  return found ?? { reached: 0, calls: 0 };
}

function isMetric(name: string): name is MetricName {
  return (metricNames as readonly string[]).includes(name);
}
