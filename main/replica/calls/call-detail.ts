import type { Segment } from "../../../shared/entities/call.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import type { Task } from "../../../shared/entities/task.ts";
import type { callDetail } from "../../../shared/rpc/contract/calls.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { LocalClock } from "../../../shared/result/ports.ts";
import { byDue, dueIn } from "../../../shared/tasks/whole-day.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { Replica } from "../replica.ts";
import { toWriteDownSql } from "./to-write-down.ts";

/** One call with its transcript and its tasks. */
export function createCallDetail(replica: Replica, clock: LocalClock): QueryHandler<typeof callDetail> {
  return liveQuery<typeof callDetail>(
    { reads: replica.reads },
    {
      dependsOn: ["calls", "segments", "tasks", "leads", "settings"],
      affects: ({ collection, records }, { id }) =>
        collection === "leads" ||
        collection === "settings" ||
        records.some(({ id: changed, before, after }) =>
          collection === "calls" ? changed === id : [before, after].some((record) => isOf(record, id)),
        ),
      read: ({ id }) => readDetail(replica, clock.zone(), id),
    },
  );
}

function isOf(record: object | null, callId: string): boolean {
  return record !== null && "callId" in record && record.callId === callId;
}

async function readDetail(
  { reads, me }: Replica,
  zone: string,
  id: RecordId,
): Promise<OutputOf<typeof callDetail>> {
  const call = (await reads.getAll("calls", [id])).get(id) ?? null;
  const leadId = call?.leadId ?? null;
  const lead = leadId && (await reads.getAll("leads", [leadId])).get(leadId);
  const ofCall = `not deleted and doc->>'callId' = $1`;
  const segments = await reads.sql<{ doc: Segment }>(
    `select ${recordSql} as doc from ${reads.table("segments")} where ${ofCall}
     order by (doc->>'startMs')::int, id`,
    [id],
  );
  const tasks = await reads.sql<{ doc: Task }>(
    `select ${recordSql} as doc from ${reads.table("tasks")} where ${ofCall} order by id`,
    [id],
  );
  const owed = await reads.sql(
    `select call.id from ${reads.table("calls")} call
     where call.id = $1 and not call.deleted and ${toWriteDownSql(reads, "$2")}`,
    [id, me.userId],
  );
  return {
    call: call && { ...call, line: call.line ?? null },
    leadName: lead ? lead.name : null,
    segments: segments.map(({ doc }) => doc),
    tasks: tasks.map(({ doc }) => doc).sort(byDue(dueIn(zone))),
    toWriteDown: owed.length > 0,
  };
}
