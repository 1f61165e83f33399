import type { callsToWriteDown } from "../../../shared/rpc/contract/calls.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import type { Reads, Replica } from "../replica.ts";

type ToWriteDown = OutputOf<typeof callsToWriteDown>;

/** Calls whose wrap-up ran out, or waits behind another call, before they were written down. */
export function createCallsToWriteDown(replica: Replica): QueryHandler<typeof callsToWriteDown> {
  const { reads, me } = replica;
  return liveQuery<typeof callsToWriteDown>(
    { reads },
    {
      dependsOn: ["calls", "tasks", "settings"],
      affects: ({ collection, records }) =>
        collection === "settings" ||
        records.some(({ before, after }) =>
          [before, after].some((record) =>
            collection === "calls" ? isOf(record, me.userId) : hasCall(record),
          ),
        ),
      read: () => readCount(replica),
    },
  );
}

async function readCount({ reads, me }: Replica): Promise<ToWriteDown> {
  const [found] = await reads.sql<ToWriteDown>(
    `select count(*)::int as calls, (array_agg(call.id order by call.doc->>'startedAt' desc))[1] as "newestId"
     from ${reads.table("calls")} call where not call.deleted and ${toWriteDownSql(reads, "$1")}`,
    [me.userId],
  );
  return found ?? { calls: 0, newestId: null };
}

function isOf(record: object | null, userId: string): boolean {
  return record !== null && "agentId" in record && record.agentId === userId;
}

function hasCall(record: object | null): boolean {
  return record !== null && "callId" in record && record.callId !== null;
}

/**
 * Whether the row `call` is one's own, over, and still lacks how it ended or the task that this ending asks for. Calls
 * without a line were written down by hand. Both lists are read once for a statement, whatever the number of calls.
 * @param me what stands in the statement for one's own id
 */
export function toWriteDownSql(reads: Pick<Reads, "table">, me: string): string {
  const endings = `from ${reads.table("settings")} where not deleted and doc->>'kind' = 'disposition'`;
  return `(call.doc->>'agentId' = ${me}
    and call.doc->'line'->'phase'->>'phase' in ('wrap-up', 'ended')
    and (call.doc->>'direction' = 'outbound' or call.doc->>'answeredAt' is not null)
    and case when call.doc->>'disposition' = ''
      then exists (select ${endings} and not (doc->>'archived')::bool)
      else call.doc->>'disposition' in (select doc->>'key' ${endings} and (doc->>'followUp')::bool)
        and call.id not in (select doc->>'callId' from ${reads.table("tasks")}
          where not deleted and doc->>'callId' is not null) end)`;
}
