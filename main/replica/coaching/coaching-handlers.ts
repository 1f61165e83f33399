import { v5 } from "uuid";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { ok, err } from "../../../shared/result/result.ts";
import type { coachingContract } from "../../../shared/rpc/contract/coaching.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import type { Draft, Replica } from "../replica.ts";
import type { HostPort } from "../session/host-port.ts";
import type { Deed } from "./coach-machine.ts";
import type { LiveCoach } from "./live-coach.ts";

type Contract = Pick<
  typeof coachingContract,
  "liveCoaching" | "snoozeCoaching" | "judgeCard" | "dismissCard" | "tickItem" | "openOverlay" | "catchClicks"
>;

type HandlerPorts = {
  replica: Replica;
  coach: LiveCoach;
  host: Pick<HostPort, "openOverlay" | "catchClicks">;
  clock: { now(): number };
};

/** What windows ask about the call that is coached. */
export function createCoachingHandlers({ replica, coach, host, clock }: HandlerPorts): Handlers<Contract> {
  const overlays = new Set<object>();
  const listeners = new Set<() => void>();
  const tellAll = () => {
    for (const tell of listeners) tell();
  };

  async function act(callId: RecordId, deedAt: (atMs: number) => Deed) {
    const done = await coach.do(callId, deedAt);
    return done ? ok(done) : err(callIsOver);
  }
  const only = async (done: ReturnType<typeof act>) => {
    const acted = await done;
    return acted.ok ? ok({}) : acted;
  };

  return {
    liveCoaching({ overlay }, emit) {
      const watcher = {};
      const show = () => emit({ call: coach.view(), overlayShown: overlays.size > 0 });
      if (overlay) overlays.add(watcher);
      tellAll();
      listeners.add(show);
      const stop = coach.onChange(show);
      show();
      return () => {
        stop();
        listeners.delete(show);
        if (overlays.delete(watcher)) tellAll();
      };
    },
    snoozeCoaching: ({ callId, forMs }) =>
      only(act(callId, (atMs) => ({ do: "snooze", untilMs: forMs === 0 ? 0 : atMs + forMs, atMs }))),
    dismissCard: ({ callId, card }) => only(act(callId, (atMs) => ({ do: "dismiss", card, atMs }))),
    async tickItem({ callId, item, done }) {
      const acted = await act(callId, (atMs) => ({ do: "tick", item, done, atMs }));
      if (!acted.ok) return acted;
      const said = { kind: "item-tick", item, done, atMs: acted.value.atMs };
      const id = v5(`${callId}:tick:${item}`, judgements);
      const kept = await keep(id, { ...about(callId, acted.value.call.leadId), ...said }, ["done", "atMs"]);
      return kept.ok ? ok({}) : kept;
    },
    async judgeCard({ callId, card, useful }) {
      const shown = coach.view();
      const acted = await act(callId, (atMs) => ({ do: "judge", card, useful, atMs }));
      if (!acted.ok) return acted;
      const atMs = shown?.card?.key === card ? shown.card.shownAtMs : acted.value.atMs;
      const said = { kind: "card-feedback", card, useful, atMs };
      const id = v5(`${callId}:${card}:${atMs}`, judgements);
      const kept = await keep(id, { ...about(callId, acted.value.call.leadId, shown), ...said }, ["useful"]);
      return kept.ok ? ok({}) : kept;
    },
    openOverlay: async () => ok({ opened: await host.openOverlay() }),
    async catchClicks({ on }) {
      await host.catchClicks(on);
      return ok({});
    },
  };

  /** What every record of a deed says. @param shown as the call was before the deed */
  function about(callId: RecordId, leadId: string | null, shown = coach.view()) {
    const { me } = replica;
    return {
      ...{ callId, leadId, agentId: me.userId, byId: me.userId, teamId: me.teamIds[0] ?? null },
      ...{ playbook: shown?.playbook?.key ?? "", playbookVersion: shown?.playbook?.version ?? 0 },
      at: new Date(clock.now()).toISOString(),
    };
  }

  /** Who changes their mind changes what they said: there is one record of each item, and of each time a card was shown. */
  async function keep(id: string, fields: Fields, changed: readonly string[]) {
    const { reads, edits } = replica;
    const isThere = (await reads.get("insights", id)) !== null;
    const set = Object.fromEntries(changed.map((field) => [field, fields[field] as FieldValue]));
    const draft: Draft = isThere
      ? { kind: "update", collection: "insights", id, set }
      : { kind: "create", collection: "insights", id, fields };
    return edits.apply([draft], "Said what helped in a call", { keepUndo: false });
  }
}

type Fields = Record<string, FieldValue>;

/** Names the ids of judgements and ticks: two devices, or two clicks, mean one. */
const judgements = "7f1d3f0e-6f1b-4c0e-9a57-0d6f0c1e5b21";

const callIsOver: RpcError = { code: "not-found", message: "This call is over." };
