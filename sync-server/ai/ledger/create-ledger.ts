import { v7 } from "uuid";
import type { Clock, Timers } from "../../../shared/result/ports.ts";
import { inSystem, type Database, type Tx } from "../../database/index.ts";
import { openRemembered, readTimeZone } from "../catalogue/index.ts";
import type { Ledger } from "../parts-port.ts";
import { findLost, writeSettled } from "./entries.ts";
import { nothingUsed } from "./expected.ts";
import { forgetOld } from "./forget-old.ts";
import { lostAfterMs, openBook } from "./hold-back.ts";
import { readLimits } from "./limits.ts";
import { bufferNotes } from "./notes.ts";

export type LedgerDeps = {
  db: Database;
  clock: Clock;
  timers: Timers;
  log: { warn(facts: object, text: string): void };
  /** How long lines, and what was counted, are kept; 400 where it is left out. */
  keepDays?: number;
};

const lookForLostEveryMs = 60_000;
const lostAtOnce = 200;

/** A year can be looked at, and compared with the weeks before it. */
const usualKeepDays = 400;
const forgetEveryMs = 3_600_000;

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
  const limitsOf = (tenantId: string) => remembered.get(tenantId);
  const ledger: Ledger = {
    ...openBook({ db, clock, limitsOf }),
    note({ from: source, ...answer }) {
      const id = v7();
      notes.add({ ...answer, id, source, askedAt: new Date(clock.now()).toISOString() });
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
  const holds = lost.holds.map((hold) => ({ ...hold, used: unsent ? 0 : (hold.expected ?? hold.held) }));
  const bill = unsent ? { usage: nothingUsed, cost: 0 } : { usage: lost.estimate, cost: lost.cost };
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
