import type { Call } from "../../../shared/entities/call.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import type { callsToWriteDown } from "../../../shared/rpc/contract/calls.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import { liveQuery } from "../live/live-query.ts";
import type { Reads, Replica } from "../replica.ts";

type ToWriteDown = OutputOf<typeof callsToWriteDown>;

/** Whoever has not written a call down within a week no longer knows how it ended, and is reminded no more. */
const rememberedMs = 7 * 86_400_000;

/** Calls whose wrap-up ran out, or waits behind another call, before they were written down. */
export function createCallsToWriteDown(
  replica: Replica,
  clock: Clock,
): QueryHandler<typeof callsToWriteDown> {
  const { reads, me } = replica;
  return liveQuery<typeof callsToWriteDown>(
    { reads },
    {
      dependsOn: ["calls", "tasks", "settings"],
      affects: ({ collection, records }) =>
        collection === "settings" ||
        records.some(({ before, after }) =>
          collection === "calls"
            ? dutyOf(before, me.userId) !== dutyOf(after, me.userId)
            : [before, after].some(hasCall),
        ),
      read: () => readCount(replica, clock),
    },
  );
}

async function readCount({ reads, me }: Replica, clock: Clock): Promise<ToWriteDown> {
  const [found] = await reads.sql<ToWriteDown>(
    `select count(*)::int as calls, (array_agg(call.id order by call.doc->>'startedAt' desc))[1] as "newestId"
     from ${reads.table("calls")} call where not call.deleted and call.doc->>'startedAt' >= $2 and ${toWriteDownSql(reads, "$1")}`,
    [me.userId, rememberedSince(clock)],
  );
  return found ?? { calls: 0, newestId: null };
}

/** ISO 8601. Calls from then on are counted, and stand in the list of those to write down. */
export function rememberedSince(clock: Clock): string {
  return new Date(clock.now() - rememberedMs).toISOString();
}

/** All of somebody's own call that the answer hangs on: their notes change with each key that they press. */
function dutyOf(record: object | null, userId: string): string {
  const call = record as Call | null;
  if (call?.agentId !== userId) return "";
  return [call.line?.phase.phase, call.disposition, call.answeredAt].join();
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
