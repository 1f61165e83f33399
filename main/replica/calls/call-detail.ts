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
import type { Reads } from "../replica.ts";

/** One call with its transcript and its tasks. */
export function createCallDetail(reads: Reads, clock: LocalClock): QueryHandler<typeof callDetail> {
  return liveQuery<typeof callDetail>(
    { reads },
    {
      dependsOn: ["calls", "segments", "tasks", "leads"],
      affects: ({ collection, records }, { id }) =>
        collection === "leads" ||
        records.some(({ id: changed, before, after }) =>
          collection === "calls" ? changed === id : [before, after].some((record) => isOf(record, id)),
        ),
      read: ({ id }) => readDetail(reads, clock.zone(), id),
    },
  );
}

function isOf(record: object | null, callId: string): boolean {
  return record !== null && "callId" in record && record.callId === callId;
}

async function readDetail(reads: Reads, zone: string, id: RecordId): Promise<OutputOf<typeof callDetail>> {
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
  return {
    call: call && { ...call, line: call.line ?? null },
    leadName: lead ? lead.name : null,
    segments: segments.map(({ doc }) => doc),
    tasks: tasks.map(({ doc }) => doc).sort(byDue(dueIn(zone))),
  };
}
