import type { Appointment } from "../../../shared/entities/activity.ts";
import type { Filter } from "../../../shared/entities/setting.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { Task } from "../../../shared/entities/task.ts";
import type { dashboard } from "../../../shared/rpc/contract/work.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { wallTimeOf } from "../../../shared/time/zone.ts";
import type { LeadIndex } from "../leads/lead-index.ts";
import { readLeadRows } from "../leads/lead-row.ts";
import { lookAtLeads } from "../leads/ranked-leads.ts";
import { hotFrom } from "../../../shared/scoring/lead/levels.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Replica } from "../replica.ts";
import type { LeadSearch } from "../search/lead-search.ts";
import { dayBounds, dueSql, toTaskRows } from "../tasks/task-lists.ts";

type Dashboard = OutputOf<typeof dashboard>;
type Found = {
  callsToday: Pick<Call, "startedAt" | "answeredAt" | "endedAt">[] | null;
  recentCalls: Call[] | null;
  appointments: Appointment[] | null;
  tasks: Task[] | null;
  late: number;
};

const shown = { calls: 8, appointments: 20, tasks: 12, leads: 8, nextCalls: 5 };

/** One person's day at a glance: their calls, appointments and tasks, and whom to call next. */
export function createDashboard(
  index: LeadIndex,
  search: LeadSearch,
  settings: TenantSettings,
  clock: LocalClock,
  onMinute: (rerun: () => void) => () => void,
): QueryHandler<typeof dashboard> {
  return liveQuery<typeof dashboard>(
    { reads: index.context.replica.reads },
    {
      dependsOn: ["calls", "appointments", "tasks", "leads", "settings"],
      alsoOn(rerun) {
        const stops = [onMinute(rerun), index.onTurn(rerun)];
        return () => stops.forEach((stop) => stop());
      },
      read: () => readDashboard(index, search, settings, clock),
    },
  );
}

async function readDashboard(
  index: LeadIndex,
  search: LeadSearch,
  settings: TenantSettings,
  clock: LocalClock,
): Promise<Dashboard> {
  const { context } = index;
  await context.ready;
  const { replica } = context;
  const day = dayBounds(clock.now(), clock.zone());
  const found = await readEverything(replica, day);
  const tasks = await toTaskRows(replica, found.tasks ?? []);
  const calls = found.callsToday ?? [];
  await index.firstList.letGoFirst();
  const hot = await lookAtLeads(index, search, hottest(settings));
  return {
    callsToday: sumCalls(calls, day.zone),
    recentCalls: await withLeadNames(replica, found.recentCalls ?? []),
    appointmentsToday: await withLeadNames(replica, found.appointments ?? []),
    tasksDue: tasks.slice(0, shown.tasks),
    tasksLate: found.late,
    hotLeads: await readLeadRows(context, hot.ids),
    nextCalls: nextCallsOf(tasks, day),
    usage: [
      ...leadsOnDevice(index),
      { label: "Talk time today", used: Math.round(talkSeconds(calls) / 60), limit: null, unit: "min" },
    ],
  };
}

/** One statement: a window should not wait for seven. */
async function readEverything(
  { reads, me }: Replica,
  { start, end, now, zone }: ReturnType<typeof dayBounds>,
): Promise<Found> {
  const list = (table: "calls" | "appointments" | "tasks", where: string, order: string, limit: number) =>
    `(select json_agg(doc) from (select ${recordSql} as doc from ${reads.table(table)}
      where not deleted and ${where} order by ${order} limit ${limit}) found)`;
  const today = (field: string) => `doc->>'${field}' >= $2 and doc->>'${field}' < $3`;
  const due = dueSql("$5");
  const dueTasks = `doc->>'assigneeId' = $1 and doc->>'doneAt' is null and ${due} < $3::timestamptz`;
  const awake = `${dueTasks} and not coalesce(doc->>'snoozedUntil' > $4, false)`;
  const [found] = await reads.sql<Found>(
    `select
       (select json_agg(json_build_object('startedAt', doc->>'startedAt', 'answeredAt', doc->>'answeredAt',
          'endedAt', doc->>'endedAt')) from ${reads.table("calls")}
        where not deleted and ${today("startedAt")} and doc->>'agentId' = $1) as "callsToday",
       ${list("calls", "doc->>'agentId' = $1", "doc->>'startedAt' desc nulls last", shown.calls)} as "recentCalls",
       ${list("appointments", `doc->>'assigneeId' = $1 and ${today("startAt")}`, "doc->>'startAt'", shown.appointments)} as appointments,
       ${list("tasks", awake, due, 200)} as tasks,
       (select count(*)::int from ${reads.table("tasks")} where not deleted and ${awake} and ${due} < $2::timestamptz) as late`,
    [me.userId, start, end, now, zone],
  );
  return found ?? { callsToday: null, recentCalls: null, appointments: null, tasks: null, late: 0 };
}

/** My leads that are hot and not closed. Followed in memory: the table is too large to be read for every look. */
function hottest(settings: TenantSettings) {
  const closed = settings.stages("leads").filter(({ outcome }) => outcome !== "open");
  const filters: Filter[] = [
    { field: "ownerId", op: "is", values: ["me"] },
    { field: "score", op: "at-least", values: [hotFrom] },
    { field: "stage", op: "is-not", values: closed.map(({ key }) => key) },
  ];
  const sort = { field: "score", direction: "desc" } as const;
  return { filters, sort, search: "", offset: 0, limit: shown.leads };
}

/** Left out until they have been counted. */
function leadsOnDevice(index: LeadIndex): Dashboard["usage"] {
  const all = index.set([]).now;
  return all ? [{ label: "Leads on this device", used: all.count(), limit: null, unit: "leads" }] : [];
}

/** By the hour of the desk's clock, by which it tells all times. */
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
  const leads = await reads.getAll(
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
