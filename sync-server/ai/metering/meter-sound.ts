import type { Clock } from "../../../shared/result/ports.ts";
import { ok, type Result } from "../../../shared/result/result.ts";
import { dayOf } from "../../../shared/time/zone.ts";
import { inSystem, type Database } from "../../database/index.ts";
import { listeningModel, readMinutePrice, readTimeZone } from "../catalogue/index.ts";
import type { Attempt, BilledRoute, Ledger, NoRoom, Settlement, Used } from "../parts-port.ts";
import type { AiFailure } from "../port.ts";

/** Sound that is listened to, while it is. */
export type Hearing = {
  /** So much more was sent, in ms. */
  use(ms: number): void;
  /** Bills what is not billed yet. A second time changes nothing. */
  end(outcome: Settlement["outcome"]): Promise<void>;
};

export type SoundMeter = {
  /**
   * Holds back the first minute. `onStop` is told once that there is no room for another, or that it could not be held
   * back: what comes then is listened to at the operator's cost.
   */
  begin(asker: SoundAsker, onStop: (why: AiFailure) => void): Promise<Result<Hearing, NoRoom>>;
  /** Why nobody would be listened to now; null = they would. */
  refusalOf(asker: SoundAsker): Promise<NoRoom | null>;
};

/** @property userId whose call it is; null = nobody's yet */
export type SoundAsker = { tenantId: string; userId: string | null };

type Deps = {
  db: Database;
  clock: Clock;
  ledger: Pick<Ledger, "reserve" | "goOn" | "settle" | "refusalOf" | "note">;
  /** The provider's own name of it. */
  model: string;
};

const aMinute = used(60_000);
/** The next minute is asked for before the last one is over. */
const aheadMs = 10_000;

/** Bills sound by the minute, with one line for all of it: a minute is held back ahead, and what was not used is given back. */
export function createSoundMeter(deps: Deps): SoundMeter {
  const { ledger } = deps;
  const noteRefused = openRefusals(deps);
  return {
    async begin(asker, onStop) {
      const reserved = await ledger.reserve(await attemptOf(deps, asker));
      if (!reserved.ok) {
        noteRefused(asker);
        return reserved;
      }
      const reservation = reserved.value;
      let usedMs = 0;
      let going: Promise<void> | null = null;
      let stopped = false;
      let over = false;

      function stop(why: AiFailure): void {
        stopped = true;
        if (!over) onStop(why);
      }
      async function goOn(): Promise<void> {
        const billedMs = usedMs;
        try {
          const more = await ledger.goOn(reservation, used(billedMs), aMinute);
          usedMs -= billedMs;
          if (more.ok) return;
          if (more.error.code === "limited" && !over) noteRefused(asker);
          stop(more.error);
        } catch {
          // It stays unbilled, and is settled with the rest.
          stop(unwritten);
        }
      }
      return ok({
        use(ms) {
          usedMs += ms;
          if (over || stopped || going !== null || usedMs < aMinute.soundMs - aheadMs) return;
          going = goOn().finally(() => (going = null));
        },
        async end(outcome) {
          if (over) return;
          over = true;
          await going;
          const settlement = { usage: used(usedMs), outcome, latencyMs: null, firstMs: null };
          await ledger.settle(reservation, settlement);
        },
      });
    },
    refusalOf: async (asker) => ledger.refusalOf(await attemptOf(deps, asker)),
  };
}

/** A call that is not listened to is tried again twice a minute, on both sides: one line says so for all of these. */
const refusedOnceInMs = 10 * 60_000;
const mostRemembered = 5_000;

/** Writes into the audit who was not listened to for want of room. */
function openRefusals({ ledger, clock }: Pick<Deps, "ledger" | "clock">): (asker: SoundAsker) => void {
  const notedMs = new Map<string, number>();
  return (asker) => {
    const key = JSON.stringify([asker.tenantId, asker.userId]);
    const now = clock.now();
    if (now - (notedMs.get(key) ?? Number.NEGATIVE_INFINITY) < refusedOnceInMs) return;
    if (notedMs.size >= mostRemembered) notedMs.clear();
    notedMs.set(key, now);
    ledger.note({ ...asker, ...listening, modelId: "", from: "rules", instead: "limited" });
  };
}

const listening = { feature: "transcript", task: "transcript.listen", promptVersion: 0 } as const;

const unwritten: AiFailure = { code: "unavailable", message: "What this costs could not be written down." };

async function attemptOf({ db, clock, model }: Deps, asker: SoundAsker): Promise<Attempt<BilledRoute>> {
  const minute = await inSystem(db, async (tx) =>
    readMinutePrice(tx, model, dayOf(clock.now(), await readTimeZone(tx, asker.tenantId))),
  );
  const route = { modelId: listeningModel, label: model, role: "speech" as const };
  return {
    ...{ ...asker, ...listening, hidden: null },
    route: { ...route, price: { input: 0, output: 0, minute } },
    estimate: aMinute,
  };
}

function used(ms: number): Used & { soundMs: number } {
  return { inputTokens: 0, outputTokens: 0, soundMs: Math.ceil(ms) };
}
