import { v7 } from "uuid";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { err, ok } from "../../../shared/result/result.ts";
import { inSystem, type Database, type Tx } from "../../database/index.ts";
import { openRemembered, readTimeZone } from "../catalogue/index.ts";
import type { Attempt, Ledger, Reservation, Settlement } from "../parts-port.ts";
import type { Usage } from "../provider-port.ts";
import { boundUsage, costOf } from "./cost.ts";
import { findLost, holdBack, writeSettled, type Settled } from "./entries.ts";
import { amountsOf, limitsMetBy, readLimits, type Meets } from "./limits.ts";
import { bufferNotes } from "./notes.ts";
import { describeRefusal } from "./refusal.ts";

export type LedgerDeps = {
  db: Database;
  clock: Clock;
  timers: Timers;
  log: { warn(facts: object, text: string): void };
};

/** Longer than any task may take, its waiting in line included. */
const lostAfterMs = 15 * 60_000;
const lookForLostEveryMs = 60_000;
const lostAtOnce = 200;

/** Not even asked, or sent away: nobody bills that, whatever the provider does not say. */
const unbilled: ReadonlySet<Settlement["outcome"]> = new Set([
  ...(["unreachable", "failed", "busy", "no-access", "unsupported", "too-long"] as const),
]);
const nothing: Usage = { inputTokens: 0, outputTokens: 0 };

/**
 * Holds back what attempts may cost, keeps the bill, and writes the audit.
 * @returns `settleLost` bills what dead processes held back, at its estimate; `flush` writes what waits in memory
 */
export async function createLedger(deps: LedgerDeps) {
  const { db, clock, timers, log } = deps;
  const notes = bufferNotes(deps);
  const remembered = await openRemembered({ db, clock }, (tenantId) =>
    inSystem(db, async (tx) => ({
      ...(await readLimits(tx, tenantId)),
      timeZone: await readTimeZone(tx, tenantId),
    })),
  );
  const open = new WeakMap<Reservation, { attempt: Attempt; met: readonly Meets[] }>();

  const ledger: Ledger = {
    async reserve(attempt) {
      const limits = await remembered.get(attempt.tenantId);
      const met = limitsMetBy(attempt, limits, clock.now());
      const id = v7();
      const cost = costOf(attempt.estimate, attempt.route.price);
      const entry = { ...attempt, id, at: new Date(clock.now()), cost };
      const full = await inSystem(db, async (tx) => {
        const without = await holdBack(tx, entry, met.map(({ hold }) => hold)); // prettier-ignore
        if (without.length > 0) throw new NoRoom(without);
      }).catch(roomless);
      if (full) return err(describeRefusal(met, full, limits.timeZone));
      const reservation = { requestId: id, tenantId: attempt.tenantId };
      open.set(reservation, { attempt, met });
      return ok(reservation);
    },
    async settle(reservation, settlement) {
      const found = open.get(reservation);
      if (!found) throw new Error("this was not reserved here, or settled already");
      open.delete(reservation);
      const settled = settledOf(reservation, found, settlement);
      await inSystem(db, (tx) => writeSettled(tx, settled));
    },
    note({ tenantId, userId, feature, task, promptVersion, modelId, from }) {
      const id = v7();
      const askedAt = new Date(clock.now()).toISOString();
      notes.add({ tenantId, id, userId, feature, task, promptVersion, modelId, source: from, askedAt });
      return id;
    },
  };
  const settleLost = () => settleLostOf(deps);
  const sweeping = repeat(timers, lookForLostEveryMs, () =>
    settleLost().catch((error: unknown) => log.warn({ err: error }, "lost attempts were not settled")),
  );
  return {
    ...ledger,
    settleLost,
    flush: notes.flush,
    async stop() {
      await sweeping.stop();
      await notes.stop();
      await remembered.stop();
    },
  };
}

/** Undoes the transaction; the names are those of limits. */
class NoRoom extends Error {
  readonly limitIds: readonly string[];
  constructor(limitIds: readonly string[]) {
    super("no room");
    this.limitIds = limitIds;
  }
}

function roomless(error: unknown): readonly string[] {
  if (error instanceof NoRoom) return error.limitIds;
  throw error;
}

function settledOf(
  { tenantId, requestId }: Reservation,
  { attempt, met }: { attempt: Attempt; met: readonly Meets[] },
  { usage: said, outcome, latencyMs, firstMs }: Settlement,
): Settled {
  const { route, estimate } = attempt;
  const { usage, doubted } =
    said === null && unbilled.has(outcome)
      ? { usage: nothing, doubted: false }
      : boundUsage(said, estimate, route.contextTokens);
  const wasUsed = usage.inputTokens + usage.outputTokens > 0 || outcome === "answered";
  const used = wasUsed ? amountsOf(usage, route.price) : { requests: 0, tokens: 0, money: 0 };
  const holds = met.map(({ hold }) => ({ ...hold, used: used[hold.measure] }));
  return { tenantId, id: requestId, outcome, usage, cost: used.money, doubted, latencyMs, firstMs, holds };
}

/** One at a time: counters of several would not be locked in the order of their keys. */
async function settleLostOf({ db, clock }: LedgerDeps): Promise<number> {
  const since = new Date(clock.now() - lostAfterMs);
  let settled = 0;
  while (settled < lostAtOnce && (await inSystem(db, (tx) => settleOneLost(tx, since)))) settled += 1;
  return settled;
}

async function settleOneLost(tx: Tx, since: Date): Promise<boolean> {
  const lost = await findLost(tx, since);
  if (!lost) return false;
  const holds = lost.holds.map((hold) => ({ ...hold, used: hold.held }));
  await writeSettled(tx, { ...lost, outcome: "lost", doubted: false, latencyMs: null, firstMs: null, holds });
  return true;
}

function repeat(timers: Timers, everyMs: number, work: () => Promise<unknown>) {
  let underWay: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let cancel = () => {};
  const wait = () => {
    if (!stopped) cancel = timers.after(everyMs, () => void (underWay = work().finally(wait)));
  };
  wait();
  return {
    async stop() {
      stopped = true;
      cancel();
      await underWay;
    },
  };
}
