import type { Task } from "../../../shared/entities/task.ts";
import { TaskScope, type listTasks, type TaskRow } from "../../../shared/rpc/contract/work.ts";
import type { OutputOf, ParsedInputOf } from "../../../shared/rpc/define.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { addDays, dayOf, startOfDay } from "../../../shared/time/zone.ts";
import { createParameters, type Parameters } from "../live/parameters.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import { searchSql } from "../live/search-sql.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Reads, RecordsChanged, Replica } from "../replica.ts";

type Scope = ParsedInputOf<typeof listTasks>["scope"];
/** Instants, and the zone they are the day of. */
type Day = { now: string; start: string; end: string; zone: string };

/** Tasks by what is to be done about them. Days are those of the desk's own clock, by which it tells all times. */
export function createTaskLists(
  replica: Replica,
  clock: LocalClock,
  onMinute: (rerun: () => void) => () => void,
): QueryHandler<typeof listTasks> {
  return liveQuery<typeof listTasks>(
    { reads: replica.reads },
    {
      dependsOn: ["tasks", "leads", "deals"],
      affects: (change) => change.collection === "tasks" || changesNames(change),
      // A snoozed task comes back, and a day begins, without anybody editing anything.
      alsoOn: onMinute,
      read: (input) => readTasks(replica, clock, input),
    },
  );
}

/** Of a lead or a deal, lists of other things show its name alone. */
export function changesNames({ records }: RecordsChanged): boolean {
  const nameOf = (record: unknown) => (record as { name?: string } | null)?.name;
  return records.some(({ before, after }) => nameOf(before) !== nameOf(after));
}

async function readTasks(
  replica: Replica,
  clock: LocalClock,
  { scope, assignee, search, offset, limit }: ParsedInputOf<typeof listTasks>,
): Promise<OutputOf<typeof listTasks>> {
  const { reads } = replica;
  const day = dayBounds(clock.now(), clock.zone());
  const wanted = (parameters: Parameters) =>
    `not deleted and ${assigneeSql(assignee, replica, parameters)} and ${searchSql(search, ["doc->>'title'", "doc->>'notes'"], parameters)}`;
  const counts = await countScopes(reads, day, wanted);
  const parameters = createParameters();
  const order =
    scope === "done" ? "doc->>'doneAt' desc" : `${dueSql(parameters.add(day.zone))} asc nulls last`;
  const rows = await reads.sql<{ doc: Task }>(
    `select ${recordSql} as doc from ${reads.table("tasks")}
     where ${wanted(parameters)} and ${scopeSql(scope, day, parameters)}
     order by ${order}, ${prioritySql}, id limit ${parameters.add(limit)} offset ${parameters.add(offset)}`,
    parameters.values,
  );
  return {
    total: counts[scope],
    counts,
    rows: await toTaskRows(
      replica,
      rows.map(({ doc }) => doc),
    ),
  };
}

/** Tasks with the names of what they are about, as lists show them. */
export async function toTaskRows({ reads, edits }: Replica, tasks: readonly Task[]): Promise<TaskRow[]> {
  const leads = await reads.getAll(
    "leads",
    tasks.flatMap(({ leadId }) => leadId ?? []),
  );
  const deals = await reads.getAll(
    "deals",
    tasks.flatMap(({ dealId }) => dealId ?? []),
  );
  return tasks.map((task) => ({
    ...task,
    leadName: (task.leadId && leads.get(task.leadId)?.name) ?? null,
    dealName: (task.dealId && deals.get(task.dealId)?.name) ?? null,
    waiting: edits.waitingFields("tasks", task.id).length > 0,
  }));
}

export function dayBounds(nowMs: number, zone: string): Day {
  const today = dayOf(nowMs, zone);
  return {
    now: new Date(nowMs).toISOString(),
    start: new Date(startOfDay(today, zone)).toISOString(),
    end: new Date(startOfDay(addDays(today, 1), zone)).toISOString(),
    zone,
  };
}

/** `me`, `team` (anybody of my teams, or nobody) or a person's id. */
function assigneeSql(assignee: string, { me }: Replica, parameters: Parameters): string {
  if (assignee === "team") {
    return `(doc->>'teamId' = any(${parameters.add([...me.teamIds])}::text[]) or doc->>'assigneeId' = ${parameters.add(me.userId)})`;
  }
  return `doc->>'assigneeId' = ${parameters.add(assignee === "me" ? me.userId : assignee)}`;
}

async function countScopes(
  reads: Reads,
  day: Day,
  wanted: (parameters: Parameters) => string,
): Promise<Record<Scope, number>> {
  const parameters = createParameters();
  const sums = TaskScope.options.map(
    (scope) => `count(*) filter (where ${scopeSql(scope, day, parameters)})::int as "${scope}"`,
  );
  const [counts] = await reads.sql<Record<Scope, number>>(
    `select ${sums.join(", ")} from ${reads.table("tasks")} where ${wanted(parameters)}`,
    parameters.values,
  );
  return counts ?? { today: 0, upcoming: 0, someday: 0, snoozed: 0, done: 0 };
}

function scopeSql(scope: Scope, { now, end, zone }: Day, parameters: Parameters): string {
  if (scope === "done") return "doc->>'doneAt' is not null";
  const snoozed = `coalesce(doc->>'snoozedUntil' > ${parameters.add(now)}, false)`;
  if (scope === "snoozed") return `doc->>'doneAt' is null and ${snoozed}`;
  const awake = `doc->>'doneAt' is null and not ${snoozed}`;
  if (scope === "someday") return `${awake} and doc->>'dueAt' is null`;
  const due = dueSql(parameters.add(zone));
  return `${awake} and ${due} ${scope === "today" ? "<" : ">="} ${parameters.add(end)}::timestamptz`;
}

/** As `dueIn` of shared/tasks has it. @param zone a placeholder */
export function dueSql(zone: string): string {
  return `case when (doc->>'allDay')::boolean
    then (left(doc->>'dueAt', 10) || ' 12:00')::timestamp at time zone ${zone}
    else (doc->>'dueAt')::timestamptz end`;
}

const prioritySql = "array_position(array['urgent','high','normal','low'], doc->>'priority')";
