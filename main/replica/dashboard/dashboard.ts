import type { Appointment } from "../../../shared/entities/activity.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { Task } from "../../../shared/entities/task.ts";
import type { dashboard } from "../../../shared/rpc/contract/work.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { wallTimeOf } from "../../../shared/time/zone.ts";
import type { LeadContext } from "../leads/lead-context.ts";
import { readLeadRows } from "../leads/lead-row.ts";
import { liveQuery } from "../live/live-query.ts";
import { readByIds, recordSql } from "../live/read-records.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Replica } from "../replica.ts";
import { dayBounds, toTaskRows } from "../tasks/task-lists.ts";

type Dashboard = OutputOf<typeof dashboard>;
type Found = {
  callsToday: Pick<Call, "startedAt" | "answeredAt" | "endedAt">[] | null;
  recentCalls: Call[] | null;
  appointments: Appointment[] | null;
  tasks: Task[] | null;
  late: number;
  hot: string[] | null;
  leads: number;
};

/** A score from which a lead is hot. */
const hotFrom = 80;
const shown = { calls: 8, appointments: 20, tasks: 12, leads: 8, nextCalls: 5 };

/** One person's day at a glance: their calls, appointments and tasks, and whom to call next. */
export function createDashboard(
  context: LeadContext,
  settings: TenantSettings,
  clock: Clock,
  onMinute: (rerun: () => void) => () => void,
): QueryHandler<typeof dashboard> {
  return liveQuery<typeof dashboard>(
    { reads: context.replica.reads },
    {
      dependsOn: ["calls", "appointments", "tasks", "leads", "settings"],
      alsoOn: onMinute,
      read: () => readDashboard(context, settings, clock),
    },
  );
}

async function readDashboard(
  context: LeadContext,
  settings: TenantSettings,
  clock: Clock,
): Promise<Dashboard> {
  await context.ready;
  const { replica } = context;
  const zone = settings.business().timeZone;
  const day = dayBounds(clock.now(), zone);
  const found = await readEverything(replica, closedStages(settings), day);
  const tasks = await toTaskRows(replica, found.tasks ?? []);
  const calls = found.callsToday ?? [];
  return {
    callsToday: sumCalls(calls, zone),
    recentCalls: await withLeadNames(replica, found.recentCalls ?? []),
    appointmentsToday: await withLeadNames(replica, found.appointments ?? []),
    tasksDue: tasks.slice(0, shown.tasks),
    tasksLate: found.late,
    hotLeads: await readLeadRows(context, found.hot ?? []),
    nextCalls: nextCallsOf(tasks, day),
    assistant: { ready: false, note: "No AI provider answers yet; everything else works without one." },
    usage: [
      { label: "Leads on this device", used: found.leads, limit: null, unit: "leads" },
      { label: "Talk time today", used: Math.round(talkSeconds(calls) / 60), limit: null, unit: "min" },
    ],
  };
}

/** One statement: a window should not wait for seven. */
async function readEverything(
  { reads, me }: Replica,
  closed: readonly string[],
  { start, end, now }: ReturnType<typeof dayBounds>,
): Promise<Found> {
  const list = (table: "calls" | "appointments" | "tasks", where: string, order: string, limit: number) =>
    `(select json_agg(doc) from (select ${recordSql} as doc from ${reads.table(table)}
      where not deleted and ${where} order by ${order} limit ${limit}) found)`;
  const today = (field: string) => `doc->>'${field}' >= $2 and doc->>'${field}' < $3`;
  const dueTasks = "doc->>'assigneeId' = $1 and doc->>'doneAt' is null and doc->>'dueAt' < $3";
  const awake = `${dueTasks} and not coalesce(doc->>'snoozedUntil' > $4, false)`;
  const score = "(case jsonb_typeof(doc->'score') when 'number' then (doc->'score')::float8 end)";
  const [found] = await reads.sql<Found>(
    `select
       (select json_agg(json_build_object('startedAt', doc->>'startedAt', 'answeredAt', doc->>'answeredAt',
          'endedAt', doc->>'endedAt')) from ${reads.table("calls")}
        where not deleted and ${today("startedAt")} and doc->>'agentId' = $1) as "callsToday",
       ${list("calls", "doc->>'agentId' = $1", "doc->>'startedAt' desc nulls last", shown.calls)} as "recentCalls",
       ${list("appointments", `doc->>'assigneeId' = $1 and ${today("startAt")}`, "doc->>'startAt'", shown.appointments)} as appointments,
       ${list("tasks", awake, "doc->>'dueAt'", 200)} as tasks,
       (select count(*)::int from ${reads.table("tasks")} where not deleted and ${awake} and doc->>'dueAt' < $2) as late,
       (select json_agg(id) from (select id from ${reads.table("leads")} where not deleted and doc->>'ownerId' = $1
         and ${score} >= ${hotFrom} and not (doc->>'stage' = any($5::text[]))
         order by ${score} desc nulls last, id limit ${shown.leads}) hottest) as hot,
       (select count(*)::int from ${reads.table("leads")} where not deleted) as leads`,
    [me.userId, start, end, now, [...closed]],
  );
  return (
    found ?? {
      callsToday: null,
      recentCalls: null,
      appointments: null,
      tasks: null,
      late: 0,
      hot: null,
      leads: 0,
    }
  );
}

function closedStages(settings: TenantSettings): string[] {
  return settings
    .stages("leads")
    .filter(({ outcome }) => outcome !== "open")
    .map(({ key }) => key);
}

function sumCalls(calls: NonNullable<Found["callsToday"]>, zone: string): Dashboard["callsToday"] {
  const byHour = Array.from({ length: 24 }, () => 0);
  for (const { startedAt } of calls) {
    const { hour } = wallTimeOf(Date.parse(startedAt), zone);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  const answered = calls.filter(({ answeredAt }) => answeredAt !== null).length;
  return { total: calls.length, answered, talkSeconds: talkSeconds(calls), byHour };
}

/** From answer to end; a call that still runs counts when it has ended. */
function talkSeconds(calls: NonNullable<Found["callsToday"]>): number {
  const talkedMs = calls.reduce(
    (sum, { answeredAt, endedAt }) =>
      answeredAt && endedAt ? sum + Math.max(0, Date.parse(endedAt) - Date.parse(answeredAt)) : sum,
    0,
  );
  return Math.round(talkedMs / 1000);
}

async function withLeadNames<R extends Call | Appointment>(
  { reads }: Replica,
  records: readonly R[],
): Promise<(R & { leadName: string | null })[]> {
  const leads = await readByIds(
    reads,
    "leads",
    records.flatMap(({ leadId }) => leadId ?? []),
  );
  return records.map((record) => ({
    ...record,
    leadName: (record.leadId && leads.get(record.leadId)?.name) ?? null,
  }));
}

/** Tasks of today with a time and a lead: somebody is to be called then. */
function nextCallsOf(tasks: Dashboard["tasksDue"], { start }: { start: string }): Dashboard["nextCalls"] {
  return tasks
    .flatMap(({ id, leadId, leadName, title, dueAt, allDay }) =>
      leadId && leadName && dueAt && !allDay && dueAt >= start
        ? [{ taskId: id, leadId, name: leadName, note: title, dueAt }]
        : [],
    )
    .slice(0, shown.nextCalls);
}
