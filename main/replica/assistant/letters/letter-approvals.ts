import type { Approval, Insight } from "../../../../shared/entities/insight.ts";
import type { RecordId } from "../../../../shared/entities/id.ts";
import { err, ok } from "../../../../shared/result/result.ts";
import type { askApproval, letterDecided, letterStand } from "../../../../shared/rpc/contract/assistant.ts";
import type { OutputOf, PayloadOf } from "../../../../shared/rpc/define.ts";
import type { RpcError } from "../../../../shared/rpc/frames.ts";
import type { CommandHandler, QueryHandler } from "../../../rpc/handlers.ts";
import { liveQuery } from "../../live/live-query.ts";
import type { TenantSettings } from "../../live/tenant-settings.ts";
import type { RecordsChanged, Replica } from "../../replica.ts";
import type { SyncEngine } from "../../sync/engine.ts";
import type { AskAssistant } from "../ask-assistant.ts";
import type { DraftStore } from "../draft-store.ts";
import { onPhase } from "../on-phase.ts";
import { approvalOf, letterOf, standOf } from "./letter-stand.ts";
import { openWantedApprovals, type Wanted } from "./wanted-approvals.ts";

export type ApprovalPorts = {
  replica: Pick<Replica, "reads" | "me">;
  settings: Pick<TenantSettings, "ready" | "secondPerson" | "people" | "onChange">;
  ask: Pick<AskAssistant, "approve">;
  engine: Pick<SyncEngine, "state" | "onChange">;
  store: DraftStore;
  clock: { now(): number };
  /** A small file beside the replica. */
  path: string;
  /** When to try again what could not be told. */
  onMinute: (again: () => void) => () => void;
  onTrouble: (cause: unknown) => void;
  /** Tells windows, and asks the host for a desktop notification. */
  onDecided: (decided: PayloadOf<typeof letterDecided>) => void;
};

export type LetterApprovals = {
  handlers: {
    letterStand: QueryHandler<typeof letterStand>;
    askApproval: CommandHandler<typeof askApproval>;
  };
  close(): Promise<void>;
};

/** Which letters may leave, and the way to somebody else's approval; its writer is told where they asked. */
export async function openLetterApprovals(ports: ApprovalPorts): Promise<LetterApprovals> {
  const { replica, settings, store, clock, path } = ports;
  const { reads, me } = replica;
  const wanted = await openWantedApprovals({ ...ports, isAbandoned, path });
  const nameOf = (userId: string) => settings.people().find((one) => one.userId === userId)?.name ?? "Somebody"; // prettier-ignore

  async function readStand(draftId: string): Promise<OutputOf<typeof letterStand>> {
    await settings.ready;
    const draft = store.get(draftId);
    if (draft === null || draft.state === "coming") return null;
    const text = draft.edited ?? draft.text;
    const letter = letterOf(draft, text);
    if (letter === null) return null;
    const id = approvalOf(letter, me.userId);
    const record = asApproval(await reads.get("insights", id));
    const known = { rule: settings.secondPerson(), flagged: draft.flagged, record, wanted: wanted.get(id), nameOf }; // prettier-ignore
    return { id: draftId, text, stand: standOf(known) };
  }

  async function isAbandoned({ id, draftId }: Wanted): Promise<boolean> {
    const draft = store.get(draftId);
    const letter = draft && letterOf(draft, draft.edited ?? draft.text);
    if (!letter) return false;
    const current = approvalOf(letter, me.userId);
    const record = current === id ? null : asApproval(await reads.get("insights", current));
    return record !== null && record.state !== "rejected";
  }

  /** Of what this device asked for, once; from then on the record alone says it. */
  async function tellDecided(): Promise<void> {
    const ids = wanted.all().map(({ id }) => id as RecordId);
    if (ids.length === 0) return;
    const found = await reads.getAll("insights", ids);
    for (const record of found.values()) await tell(asApproval(record));
  }
  async function tell(record: Approval | null): Promise<void> {
    if (record === null || record.state === "waiting" || wanted.get(record.id) === null) return;
    wanted.drop(record.id);
    const { id, about, leadId, byId, state, reason } = record;
    const lead = leadId && (await reads.get("leads", leadId));
    // The person is gone from this device: nothing can be sent to them.
    if (!lead) return;
    const by = nameOf(byId ?? "");
    const approved = state === "approved";
    ports.onDecided({ id, about, leadId: lead.id, leadName: lead.name, by, approved, reason });
  }

  let telling = settings.ready;
  const look = () => void (telling = telling.then(tellDecided).catch(ports.onTrouble));

  const stops = [
    onPhase(ports.engine, wanted.tell),
    ports.onMinute(wanted.tell),
    reads.onChange((change) => {
      if (!isAboutApprovals(change)) return;
      // A later text has taken its place, or its person is gone.
      for (const { id, before, after } of change.records) if (before && !after) wanted.drop(id);
      look();
    }),
  ];
  wanted.tell();
  look();
  return {
    handlers: {
      letterStand: liveQuery<typeof letterStand>(
        { reads },
        {
          dependsOn: ["insights"],
          affects: isAboutApprovals,
          alsoOn: (rerun) => {
            const ends = [wanted.onChange(rerun), store.onChange(rerun), settings.onChange(rerun)];
            return () => ends.forEach((end) => end());
          },
          read: ({ id }) => readStand(id),
        },
      ),
      async askApproval({ id, text }) {
        const draft = store.get(id);
        const letter = draft && letterOf(draft, text);
        if (!letter) return err(noLetter);
        const approvalId = approvalOf(letter, me.userId);
        // What was decided about these words stands.
        const record = asApproval(await reads.get("insights", approvalId));
        if (record && record.state !== "rejected") wanted.giveUp(id);
        if (record) return ok({});
        const at = new Date(clock.now()).toISOString();
        await wanted.want({ id: approvalId, draftId: id, letter, flagged: draft.flagged, at });
        return ok({});
      },
    },
    async close() {
      for (const stop of stops) stop();
      await telling;
      await wanted.close();
    },
  };
}

const noLetter: RpcError = { code: "not-found", message: "This letter is not kept any more." };

function isAboutApprovals({ collection, records }: RecordsChanged): boolean {
  return collection === "insights" && records.some(({ before, after }) => asApproval((after ?? before) as Insight | null)); // prettier-ignore
}

function asApproval(insight: Insight | null): Approval | null {
  return insight?.kind === "approval" ? insight : null;
}
