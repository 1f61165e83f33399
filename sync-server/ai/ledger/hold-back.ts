import { v7 } from "uuid";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import { inSystem, type Database, type Tx } from "../../database/index.ts";
import type { Hold } from "../../database/schema/ai.ts";
import type { Attempt, BilledRoute, KeepFor, Ledger, NoRoom, Reservation, Used } from "../parts-port.ts";
import type { AiFailure } from "../port.ts";
import { costOf } from "./cost.ts";
import { countInMinute, holdBack, holdMore, writeSettled, writeUsed } from "./entries.ts";
import { amountsSince, findKept, nothingUsed, settledOf, sumOf, type Expected } from "./expected.ts";
import { amountsOf, limitsMetBy, ratesMetBy, type Limits } from "./limits.ts";
import { describeRefusal } from "./refusal.ts";

/** Longer than any task may take, its waiting in line included. */
export const lostAfterMs = 15 * 60_000;

type Book = { db: Database; clock: Clock; limitsOf(tenantId: string): Promise<Limits> };
type Billed = Attempt<BilledRoute>;

/** What attempts hold back, from the moment when they are let through until they are settled. */
export function openBook(book: Book): Pick<Ledger, "reserve" | "refusalOf" | "goOn" | "settle"> {
  // What this process has reserved itself: it need not be read for the bill.
  const open = new WeakMap<Reservation, Expected>();
  // What went on and did not hear how: its last transaction may have happened all the same.
  const unheard = new WeakSet<Reservation>();
  return {
    async reserve(attempt, keep) {
      const requestId = v7();
      const held = await hold(book, attempt, { requestId, keep });
      if (!held.ok) return held;
      const reservation = { requestId, tenantId: attempt.tenantId };
      const { estimate, route } = attempt;
      open.set(reservation, { attempt, estimate, holds: held.value, price: route.price, before: null });
      return ok(reservation);
    },
    async refusalOf(attempt) {
      try {
        const held = await hold(book, attempt, { requestId: v7(), isTrial: true });
        return held.ok ? null : held.error;
      } catch (error) {
        if (error instanceof Tried) return null;
        throw error;
      }
    },
    async goOn(reservation, used, next) {
      const known = open.get(reservation);
      if (!known?.attempt) throw new Error("only what this process has reserved, and not settled, goes on");
      unheard.add(reservation);
      await billUsed(book, reservation, known, used);
      try {
        const held = await holdNext(book, reservation, { ...known, attempt: known.attempt }, next);
        unheard.delete(reservation);
        if (held.ok) Object.assign(known, held.value);
        return held.ok ? ok() : held;
      } catch {
        // What was used is billed by now: thrown, it would be taken for unbilled and billed again.
        return err(notHeld);
      }
    },
    async settle(reservation, settlement) {
      const known = open.get(reservation);
      open.delete(reservation);
      await inSystem(book.db, async (tx) => {
        const isSure = known !== undefined && !unheard.has(reservation);
        const found = isSure ? known : await findKept(tx, reservation, known);
        if (found) await writeSettled(tx, settledOf(reservation, found, settlement));
      });
    },
  };
}

type Held = { requestId: string; keep?: KeepFor | undefined; isTrial?: boolean };

/**
 * Writes an attempt's line, and holds back what it may cost.
 * @throws Tried where it was a trial, and there is room
 */
async function hold(
  { db, clock, limitsOf }: Book,
  attempt: Billed,
  { requestId, keep, isTrial = false }: Held,
): Promise<Result<readonly Hold[], NoRoom>> {
  const { tenantId, estimate, route } = attempt;
  const limits = await limitsOf(tenantId);
  const nowMs = clock.now();
  const expected = amountsOf(estimate, route.price);
  // A batch holds for a day: the most of each would keep everybody out of what hardly any of it uses.
  const met = limitsMetBy(attempt, limits, nowMs, keep && { expected, most: expected });
  // A batch is sent as one: how often may be asked is no matter of its questions.
  const often = keep ? { minute: new Date(0), met: [] } : ratesMetBy(attempt, limits, nowMs);
  const holds = met.map((one) => one.hold);
  const cost = costOf(estimate, route.price);
  const entry = { ...attempt, id: requestId, at: new Date(nowMs), cost, heldUntil: keep?.until ?? null };
  const full = await roomOr(db, async (tx) => {
    const rates = often.met.map(({ rate }) => rate);
    const without = await countInMinute(tx, tenantId, often.minute, rates);
    requireRoom([...without, ...(await holdBack(tx, entry, holds))]);
    await keep?.also(tx, requestId);
    if (isTrial) throw new Tried();
  });
  return full ? err(describeRefusal([...met, ...often.met], full, limits.timeZone)) : ok(holds);
}

/** What was used takes the place of what was held back for it. */
async function billUsed({ db }: Book, reservation: Reservation, known: Expected, used: Used): Promise<void> {
  const spent = sumOf(known.before, { usage: used, cost: costOf(used, known.price) });
  const amounts = amountsSince(known, used);
  const holds = known.holds.map((one) => ({ ...one, used: amounts[one.measure] }));
  await inSystem(db, (tx) => writeUsed(tx, reservation, spent, holds));
  Object.assign(known, { before: spent, estimate: nothingUsed, holds: [] });
}

/** A transaction of its own: a day may have ended since, and counters are locked in the order of their keys. */
async function holdNext(
  { db, clock, limitsOf }: Book,
  reservation: Reservation,
  { attempt, before, price }: Expected & { attempt: Billed },
  next: Used,
): Promise<Result<Pick<Expected, "estimate" | "holds">, NoRoom>> {
  const limits = await limitsOf(reservation.tenantId);
  const wanted = { ...amountsOf(next, price), requests: 0 };
  const met = limitsMetBy(attempt, limits, clock.now(), { expected: wanted, most: wanted });
  const holds = met.map((one) => one.hold);
  const full = await roomOr(db, async (tx) => {
    const expected = sumOf(before, { usage: next, cost: wanted.money });
    const until = new Date(clock.now() + lostAfterMs);
    requireRoom(await holdMore(tx, reservation, expected, holds, until));
  });
  if (full) return err(describeRefusal(met, full, limits.timeZone));
  return ok({ estimate: next, holds });
}

const notHeld: AiFailure = {
  code: "unavailable",
  message: "What more would cost could not be written down.",
};

/** Undoes the transaction of what was only tried. */
class Tried extends Error {}

/** Undoes the transaction; the names are those of limits. */
class NothingLeft extends Error {
  readonly limitIds: readonly string[];
  constructor(limitIds: readonly string[]) {
    super("no room");
    this.limitIds = limitIds;
  }
}

function requireRoom(full: readonly string[]): void {
  if (full.length > 0) throw new NothingLeft(full);
}

/** @returns the limits that had no room; null = all had */
async function roomOr(db: Database, work: (tx: Tx) => Promise<void>): Promise<readonly string[] | null> {
  try {
    await inSystem(db, work);
    return null;
  } catch (error) {
    if (error instanceof NothingLeft) return error.limitIds;
    throw error;
  }
}
