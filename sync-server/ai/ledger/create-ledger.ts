import { v7 } from "uuid";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { err, ok } from "../../../shared/result/result.ts";
import { inSystem, type Database, type Tx } from "../../database/index.ts";
import { openRemembered, readTimeZone } from "../catalogue/index.ts";
import type { Ledger, Reservation, Settlement } from "../parts-port.ts";
import type { Usage } from "../provider-port.ts";
import { boundUsage, costOf } from "./cost.ts";
import { findLost, findOpen, holdBack, writeSettled, type Open, type Settled } from "./entries.ts";
import { amountsOf, limitsMetBy, readLimits } from "./limits.ts";
import { bufferNotes } from "./notes.ts";
import { forgetOld } from "./forget-old.ts";
import { describeRefusal } from "./refusal.ts";

export type LedgerDeps = {
  db: Database;
  clock: Clock;
  timers: Timers;
  log: { warn(facts: object, text: string): void };
  /** How long lines, and what was counted, are kept; 400 where it is left out. */
  keepDays?: number;
};

/** Longer than any task may take, its waiting in line included. */
const lostAfterMs = 15 * 60_000;
const lookForLostEveryMs = 60_000;
const lostAtOnce = 200;

/** A year can be looked at, and compared with the weeks before it. */
const usualKeepDays = 400;
const forgetEveryMs = 3_600_000;

/** Not even asked, or sent away: nobody bills that, whatever the provider does not say. */
const unbilled: ReadonlySet<Settlement["outcome"]> = new Set([
  ...(["unreachable", "failed", "busy", "no-access", "unsupported", "too-long"] as const),
]);
const nothing: Usage = { inputTokens: 0, outputTokens: 0 };

/**
 * Holds back what attempts may cost, keeps the bill, and writes the audit.
 * @returns `settleLost` bills what dead processes held back, at its estimate; `forgetOld` removes what was kept long
 * enough; `flush` writes what waits in memory
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
  // What this process has reserved itself: it need not be read for the bill.
  const open = new WeakMap<Reservation, Expected>();

  const ledger: Ledger = {
    async reserve(attempt, keep) {
      const limits = await remembered.get(attempt.tenantId);
      const met = limitsMetBy(attempt, limits, clock.now());
      const id = v7();
      const cost = costOf(attempt.estimate, attempt.route.price);
      const entry = { ...attempt, id, at: new Date(clock.now()), cost, heldUntil: keep?.until ?? null };
      const full = await inSystem(db, async (tx) => {
        const without = await holdBack(tx, entry, met.map(({ hold }) => hold)); // prettier-ignore
        if (without.length > 0) throw new NoRoom(without);
        await keep?.also(tx, id);
      }).catch(roomless);
      if (full) return err(describeRefusal(met, full, limits.timeZone));
      const reservation = { requestId: id, tenantId: attempt.tenantId };
      const { estimate, route } = attempt;
      const holds = met.map(({ hold }) => hold);
      open.set(reservation, { estimate, holds, price: route.price, contextTokens: route.contextTokens });
      return ok(reservation);
    },
    async settle(reservation, settlement) {
      const known = open.get(reservation);
      open.delete(reservation);
      await inSystem(db, async (tx) => {
        const found = known ?? (await findKept(tx, reservation));
        if (found) await writeSettled(tx, settledOf(reservation, found, settlement));
      });
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
  const forget = () => forgetOld(deps, deps.keepDays ?? usualKeepDays);
  const forgetting = repeat(timers, forgetEveryMs, () =>
    forget().catch((error: unknown) =>
      log.warn({ err: error }, "old lines of the AI audit were not removed"),
    ),
  );
  return {
    ...ledger,
    settleLost,
    forgetOld: forget,
    flush: notes.flush,
    async stop() {
      await sweeping.stop();
      await forgetting.stop();
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

/** What an attempt was expected to use, and what it holds back for it. */
type Expected = Pick<Open, "estimate" | "price" | "holds"> & { contextTokens: number };

/** Reserved by a process that is not this one: how much its model reads at once, nobody knows any more. */
async function findKept(tx: Tx, reservation: Reservation): Promise<Expected | null> {
  const found = await findOpen(tx, reservation);
  return found && { ...found, contextTokens: Number.POSITIVE_INFINITY };
}

function settledOf(
  { tenantId, requestId }: Reservation,
  { estimate, price, contextTokens, holds: held }: Expected,
  { usage: said, outcome, latencyMs, firstMs }: Settlement,
): Settled {
  const { usage, doubted } =
    said === null && unbilled.has(outcome)
      ? { usage: nothing, doubted: false }
      : boundUsage(said, estimate, contextTokens);
  const wasUsed = usage.inputTokens + usage.outputTokens > 0 || outcome === "answered";
  const used = wasUsed ? amountsOf(usage, price) : { requests: 0, tokens: 0, money: 0 };
  const holds = held.map((hold) => ({ ...hold, used: used[hold.measure] }));
  return { tenantId, id: requestId, outcome, usage, cost: used.money, doubted, latencyMs, firstMs, holds };
}

/** One at a time: counters of several would not be locked in the order of their keys. */
async function settleLostOf({ db, clock }: LedgerDeps): Promise<number> {
  const now = new Date(clock.now());
  let settled = 0;
  while (settled < lostAtOnce && (await inSystem(db, (tx) => settleOneLost(tx, now)))) settled += 1;
  return settled;
}

async function settleOneLost(tx: Tx, now: Date): Promise<boolean> {
  const lost = await findLost(tx, now, lostAfterMs);
  if (!lost) return false;
  const { tenantId, id, unsent } = lost;
  const holds = lost.holds.map((hold) => ({ ...hold, used: unsent ? 0 : hold.held }));
  const bill = unsent ? { usage: nothing, cost: 0 } : { usage: lost.estimate, cost: lost.cost };
  const unknown = { doubted: false, latencyMs: null, firstMs: null };
  await writeSettled(tx, { tenantId, id, outcome: "lost", ...bill, ...unknown, holds });
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
