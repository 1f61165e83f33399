import { v5 } from "uuid";
import type { FieldValue } from "../../../shared/entities/fields.ts";
import type { RecordId } from "../../../shared/entities/id.ts";
import { insightIdStarts } from "../../../shared/entities/insight.ts";
import { ok, err } from "../../../shared/result/result.ts";
import type { coachingContract, LiveCoaching } from "../../../shared/rpc/contract/coaching.ts";
import type { RpcError } from "../../../shared/rpc/frames.ts";
import type { Handlers } from "../../rpc/handlers.ts";
import { createTurns } from "../database/turns.ts";
import { isKept } from "../edits/owed-edits.ts";
import type { Draft, Replica } from "../replica.ts";
import type { HostPort } from "../session/host-port.ts";
import type { Deed } from "./coach-machine.ts";
import type { LiveCoach } from "./live-coach.ts";

type Contract = Pick<
  typeof coachingContract,
  | "liveCoaching"
  | "snoozeCoaching"
  | "cardShown"
  | "judgeCard"
  | "dismissCard"
  | "tickItem"
  | "openOverlay"
  | "catchClicks"
>;

type HandlerPorts = {
  replica: Replica;
  coach: LiveCoach;
  host: Pick<HostPort, "openOverlay" | "catchClicks">;
  clock: { now(): number };
};

/** What windows ask about the call that is coached. */
export function createCoachingHandlers({ replica, coach, host, clock }: HandlerPorts): Handlers<Contract> {
  const takeTurn = createTurns();
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
    async cardShown({ callId, card, shownAtMs }) {
      const shown = coach.view();
      const acted = await act(callId, (atMs) => ({ do: "see", card, shownAtMs, atMs }));
      if (!acted.ok) return acted;
      const said = { ...about(callId, acted.value.call.leadId, shown), card, atMs: shownAtMs };
      const kept = await keepShowing(said, "shown");
      // Told again, it would stand in the journal again.
      return kept.ok || isKept(kept.error) ? ok({}) : kept;
    },
    async dismissCard({ callId, card }) {
      const shown = coach.view();
      const acted = await act(callId, (atMs) => ({ do: "dismiss", card, atMs }));
      if (!acted.ok) return acted;
      if (shown?.card?.key !== card) return ok({});
      const said = { ...about(callId, acted.value.call.leadId, shown), card, atMs: shown.card.shownAtMs };
      return keepShowing(said, "dismissed");
    },
    async tickItem({ callId, item, done }) {
      const shown = coach.view();
      const acted = await act(callId, (atMs) => ({ do: "tick", item, done, atMs }));
      if (!acted.ok) return acted;
      const { atMs, call } = acted.value;
      const said = { kind: "item-tick", item, done, atMs };
      const id = v5(`${callId}:tick:${item}`, deedIds);
      return keep(id, { ...about(callId, call.leadId, shown), ...said }, ["done", "atMs"], saidSo);
    },
    async judgeCard({ callId, card, useful }) {
      const shown = coach.view();
      const acted = await act(callId, (atMs) => ({ do: "judge", card, useful, atMs }));
      if (!acted.ok) return acted;
      const up = shown?.card?.key === card ? shown.card : null;
      const atMs = up?.shownAtMs ?? acted.value.atMs;
      const said = { ...about(callId, acted.value.call.leadId, shown), card, atMs };
      if (up) await keepShowing(said, "shown");
      const id = v5(`${callId}:${card}:${atMs}`, deedIds);
      return keep(id, { ...said, kind: "card-feedback", useful }, ["useful"], saidSo);
    },
    openOverlay: async () => ok({ opened: await host.openOverlay() }),
    async catchClicks({ on }) {
      await host.catchClicks(on);
      return ok({});
    },
  };

  /** What every record of a deed says. @param shown as the call was before the deed: it may end while that is kept */
  function about(callId: RecordId, leadId: string | null, shown: LiveCoaching | null) {
    const { me } = replica;
    return {
      ...{ callId, leadId, agentId: me.userId, byId: me.userId, teamId: me.teamIds[0] ?? null },
      ...{ playbook: shown?.playbook?.key ?? "", playbookVersion: shown?.playbook?.version ?? 0 },
      at: new Date(clock.now()).toISOString(),
    };
  }

  /** Whoever dismisses or judges a card has seen it, whether its window came to say so or not. */
  function keepShowing(said: Fields & { callId: RecordId }, state: "shown" | "dismissed") {
    const { callId, card, atMs } = said;
    const id = `${insightIdStarts["card-shown"]}${v5(`${callId}:${replica.me.userId}:${String(card)}:${String(atMs)}`, deedIds)}`;
    const fields = { ...said, kind: "card-shown", state };
    return keep(id, fields, state === "shown" ? [] : ["state"], "Saw a card in a call");
  }

  /** Who changes their mind changes what they said: there is one record of each item, and of each time a card was shown. */
  function keep(id: string, fields: Fields, changed: readonly string[], label: string) {
    const { reads, edits } = replica;
    const set = Object.fromEntries(changed.map((field) => [field, fields[field] as FieldValue]));
    // Two windows may say the same at once.
    return takeTurn(async () => {
      const isThere = (await reads.get("insights", id)) !== null;
      if (isThere && changed.length === 0) return ok({});
      const draft: Draft = isThere
        ? { kind: "update", collection: "insights", id, set }
        : { kind: "create", collection: "insights", id, fields };
      const kept = await edits.apply([draft], label, { keepUndo: false });
      return kept.ok ? ok({}) : kept;
    });
  }
}

type Fields = Record<string, FieldValue>;

/** Names the ids of what is kept of deeds: two devices, or two clicks, mean one. */
const deedIds = "7f1d3f0e-6f1b-4c0e-9a57-0d6f0c1e5b21";

const saidSo = "Said what helped in a call";
const callIsOver: RpcError = { code: "not-found", message: "This call is over." };
