import type { AgentLine } from "../../../shared/calls/phone.ts";
import { usualQueue } from "../../../shared/calls/phone-rules.ts";
import type { Call } from "../../../shared/entities/call.ts";
import type { Queue } from "../../../shared/entities/setting.ts";
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
type QueueSums = { queue: string; answeredInTime: number; counted: number };

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
        const sums = await readQueueSums(replica, since, known);
        return { agents: agentsOf(settings, presence, live), queues: queuesOf(live, sums, known), live };
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

/** Of today's calls that came through a queue and were answered or given up. */
async function readQueueSums(
  { reads }: Replica,
  since: string,
  queues: readonly Queue[],
): Promise<QueueSums[]> {
  const waitedMs = `extract(epoch from (doc->>'answeredAt')::timestamptz - (doc->>'startedAt')::timestamptz) * 1000`;
  return reads.sql<QueueSums>(
    `select doc->'line'->>'queue' as queue,
       count(*) filter (where ${waitedMs} <= 1000 * coalesce(($2::jsonb->>(doc->'line'->>'queue'))::int, $3))::int as "answeredInTime", count(*)::int as counted
     from ${reads.table("calls")}
     where not deleted and doc->>'startedAt' >= $1 and doc->'line'->>'queue' <> ''
       and (doc->>'answeredAt' is not null or doc->>'endedAt' is not null)
     group by 1 order by 1`,
    [since, JSON.stringify(targetsOf(queues)), usualQueue.targetSeconds],
  );
}

function targetsOf(queues: readonly Queue[]): Record<string, number> {
  return Object.fromEntries(queues.map(({ key, targetSeconds }) => [key, targetSeconds]));
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

/** Those that are in use, in their order, then whatever else calls came through. */
function queuesOf(
  live: Wallboard["live"],
  sums: readonly QueueSums[],
  known: readonly Queue[],
): Wallboard["queues"] {
  const waiting = live.filter(({ line }) => line?.phase.phase === "queued");
  const others = [...sums.map(({ queue }) => queue), ...waiting.map(({ line }) => line?.queue ?? "")];
  const used = known.filter(({ archived }) => !archived).map(({ key }) => key);
  return [...new Set([...used, ...others.toSorted()])].filter(Boolean).map((queue) => {
    const inIt = waiting.filter(({ line }) => line?.queue === queue);
    const sum = sums.find((one) => one.queue === queue);
    const setting = known.find(({ key }) => key === queue);
    return {
      queue,
      name: setting?.label ?? queue,
      waiting: inIt.length,
      longestSince: inIt.map(({ startedAt }) => startedAt).sort()[0] ?? null,
      serviceLevel: sum ? sum.answeredInTime / sum.counted : null,
      targetSeconds: setting?.targetSeconds ?? usualQueue.targetSeconds,
    };
  });
}
