import type { Approval } from "../../../../shared/entities/insight.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import type { Clock } from "../../../../shared/result/ports.ts";
import type { waitingLetters } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf } from "../../../../shared/rpc/define.ts";
import type { QueryHandler } from "../../../rpc/handlers.ts";
import { liveQuery } from "../../live/live-query.ts";
import { recordSql } from "../../live/read-records.ts";
import type { TenantSettings } from "../../live/tenant-settings.ts";
import type { RecordsChanged, Replica } from "../../replica.ts";

export type WaitingLettersPorts = {
  replica: Pick<Replica, "reads" | "me">;
  settings: Pick<TenantSettings, "ready" | "people">;
  clock: Pick<Clock, "now">;
  /** Asks the host for a desktop notification. */
  notify(what: { tag: string; title: string; body: string }): void;
  onTrouble(cause: unknown): void;
};

type Waiting = OutputOf<typeof waitingLetters>["letters"][number];

const mostShown = 50;
/** What a first sync brings, or a network that was away for long, is no news. */
const newsForMs = 15 * 60_000;

/**
 * Letters of others that may leave once this person has looked at them, for whoever may decide; they are read and decided
 * on in the console. Each that comes is told of once.
 */
export function openWaitingLetters(ports: WaitingLettersPorts): {
  handler: QueryHandler<typeof waitingLetters>;
  close(): void;
} {
  const { replica, settings, clock, notify } = ports;
  const { reads, me } = replica;
  // Asked each time: an admin may change somebody's role while their desk is open.
  const mayDecide = () => me.role === "admin" || me.role === "manager";

  async function describe({ id, agentId, leadId, at }: Approval): Promise<Waiting> {
    await settings.ready;
    const lead = leadId && (await reads.get("leads", leadId));
    const askedBy = settings.people().find(({ userId }) => userId === agentId)?.name ?? "Somebody";
    return { id: id as RecordId, leadName: (lead && lead.name) || "somebody", askedBy, at };
  }
  const isForMe = (record: unknown) => isWaiting(record) && record.agentId !== me.userId;

  async function tell(change: RecordsChanged): Promise<void> {
    for (const { before, after } of change.records) {
      if (!isForMe(after) || isWaiting(before)) continue;
      const letter = await describe(after as Approval);
      if (clock.now() - Date.parse(letter.at) > newsForMs) continue;
      const body = `${letter.askedBy}, to ${letter.leadName}`;
      notify({ tag: `approve.${letter.id}`, title: "A letter waits for a second person", body });
    }
  }
  const stop = reads.onChange((change) => {
    if (mayDecide() && change.collection === "insights") void tell(change).catch(ports.onTrouble);
  });
  return {
    handler: liveQuery<typeof waitingLetters>(
      { reads },
      {
        dependsOn: ["insights", "settings"],
        affects: ({ collection, records }) =>
          collection === "settings"
            ? records.some(({ id }) => id === `person:${me.userId}`)
            : records.some(({ before, after }) => isApproval(after ?? before)),
        read: async () => {
          const found = mayDecide() ? await readWaiting(reads, me.userId) : [];
          return { letters: await Promise.all(found.map(describe)) };
        },
      },
    ),
    close: stop,
  };
}

async function readWaiting(reads: Replica["reads"], userId: string): Promise<Approval[]> {
  const rows = await reads.sql<{ doc: Approval }>(
    `select ${recordSql} as doc from ${reads.table("insights")}
     where not deleted and doc->>'kind' = 'approval' and doc->>'state' = 'waiting' and doc->>'callId' is null
       and doc->>'agentId' is distinct from $1
     order by doc->>'at' limit ${mostShown}`,
    [userId],
  );
  return rows.map(({ doc }) => doc);
}

function isApproval(record: unknown): record is Approval {
  return (record as { kind?: unknown } | null)?.kind === "approval";
}

function isWaiting(record: unknown): record is Approval {
  return isApproval(record) && record.state === "waiting";
}
