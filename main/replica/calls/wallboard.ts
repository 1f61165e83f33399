import type { AgentLine } from "../../../shared/calls/phone.ts";
import {
  eachWait,
  figureQueues,
  isCounted,
  waitColumns,
  waitsSince,
  type QueueFigures,
  type QueueWaits,
} from "../../../shared/calls/queue-figures.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { wallboard } from "../../../shared/rpc/contract/phone.ts";
import type { OutputOf } from "../../../shared/rpc/define.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { liveQuery } from "../live/live-query.ts";
import { recordSql } from "../live/read-records.ts";
import type { TenantSettings } from "../live/tenant-settings.ts";
import type { PresenceBoard } from "../presence/presence.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";
import type { Replica } from "../replica.ts";
import { dayBounds } from "../tasks/task-lists.ts";

type Wallboard = OutputOf<typeof wallboard>;

/** Who is on a call, who waits and for how long, as far as this person may see it. */
export function createWallboard(
  replica: Replica,
  presence: PresenceBoard,
  settings: TenantSettings,
  clock: Clock,
  onMinute: (rerun: () => void) => () => void,
): QueryHandler<typeof wallboard> {
  return liveQuery<typeof wallboard>(
    { reads: replica.reads },
    {
      dependsOn: ["calls", "settings", "leads"],
      alsoOn(rerun) {
        const stops = [presence.onChange(rerun), onMinute(rerun)];
        return () => stops.forEach((stop) => stop());
      },
      async read() {
        const live = await readLiveCalls(replica);
        const known = settings.queues();
        const since = dayBounds(clock.now(), settings.business().timeZone).start;
        const waits = await readWaits(replica, since);
        return {
          agents: agentsOf(settings, presence, live),
          queues: figureQueues(known, live.flatMap(waitingCaller), waits).map(lineOfQueue),
          live,
        };
      },
    },
  );
}

async function readLiveCalls({ reads }: Replica): Promise<Wallboard["live"]> {
  const found = await reads.sql<{ doc: Call }>(
    `select ${recordSql} as doc from ${reads.table("calls")}
     where not deleted and doc->>'endedAt' is null and jsonb_typeof(doc->'line') = 'object'
     order by doc->>'startedAt' limit 500`,
  );
  const calls = found.map(({ doc }) => doc);
  const leads = await reads.getAll(
    "leads",
    calls.flatMap(({ leadId }) => leadId ?? []),
  );
  return calls.map((call) => ({ ...call, leadName: (call.leadId && leads.get(call.leadId)?.name) ?? null }));
}

/** Of calls that began since then. */
function readWaits({ reads }: Replica, since: string): Promise<QueueWaits[]> {
  return reads.sql<QueueWaits>(
    `select ${waitColumns} from ${reads.table("calls")}, ${eachWait}
     where ${isCounted} and doc->>'startedAt' >= $1 group by 1, 2`,
    [since],
  );
}

function agentsOf(settings: TenantSettings, presence: PresenceBoard, live: Wallboard["live"]): AgentLine[] {
  const known = new Map(presence.people().map((entry) => [entry.userId, entry]));
  return settings
    .people()
    .filter(({ active, role }) => active && role !== "operator")
    .map(({ userId, name }) => ({
      userId,
      name,
      presence: known.get(userId)?.presence ?? "offline",
      reason: known.get(userId)?.reason ?? "",
      since: known.get(userId)?.since ?? null,
      callId: live.find(({ line }) => line?.agentId === userId)?.id ?? null,
    }));
}

function waitingCaller({ line }: Wallboard["live"][number]) {
  return line?.phase.phase === "queued" ? [{ queue: line.queue, since: waitsSince(line) }] : [];
}

function lineOfQueue({ calls: _calls, answered: _answered, ...queue }: QueueFigures) {
  return queue;
}
