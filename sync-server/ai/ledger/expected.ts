import type { Tx } from "../../database/index.ts";
import type { Attempt, BilledRoute, Reservation, Settlement, Used } from "../parts-port.ts";
import { boundUsage } from "./cost.ts";
import { findOpen, type Open, type Settled, type SoFar } from "./entries.ts";
import { amountsOf } from "./limits.ts";

/** What an attempt was expected to use, and what it holds back for it. */
export type Expected = Pick<Open, "estimate" | "price" | "holds"> & {
  /** Null: another process has reserved it. */
  attempt: Attempt<BilledRoute> | null;
  /** What was billed already, of what went on; null = it did not. */
  before: SoFar | null;
};

export const nothingUsed: Used = { inputTokens: 0, outputTokens: 0, soundMs: 0, pictures: 0 };

/**
 * What its line holds back: what it does not hold back any more was counted. Reserved by a process that is not this one,
 * nothing else of it is known.
 */
export async function findKept(tx: Tx, reservation: Reservation, known?: Expected): Promise<Expected | null> {
  const found = await findOpen(tx, reservation);
  if (!found) return null;
  if (known) return { ...known, holds: found.holds };
  return { ...found, attempt: null, before: null };
}

export function sumOf(before: SoFar | null, { usage, cost }: SoFar): SoFar {
  const { inputTokens, outputTokens, soundMs = 0, pictures = 0 } = before?.usage ?? nothingUsed;
  return {
    usage: {
      inputTokens: inputTokens + usage.inputTokens,
      outputTokens: outputTokens + usage.outputTokens,
      soundMs: soundMs + (usage.soundMs ?? 0),
      pictures: pictures + (usage.pictures ?? 0),
    },
    cost: (before?.cost ?? 0) + cost,
  };
}

/** What goes on was one request when it began, and is no other. */
export function amountsSince({ before, price }: Pick<Expected, "before" | "price">, used: Used) {
  const amounts = amountsOf(used, price);
  return before === null ? amounts : { ...amounts, requests: 0 };
}

/** Not even asked, or sent away: nobody bills that, whatever the provider does not say. */
const unbilled: ReadonlySet<Settlement["outcome"]> = new Set([
  ...(["unreachable", "failed", "busy", "no-access", "unsupported", "too-long"] as const),
]);

/**
 * What is taken for used where the provider does not say; null = what was expected. Azure charges for words that its
 * filter has kept back, so they are billed as expected; a picture that was refused is none.
 */
function unsaid(outcome: Settlement["outcome"], estimate: Used): Used | null {
  if (unbilled.has(outcome)) return nothingUsed;
  if (outcome !== "refused") return null;
  return estimate.pictures ? { ...estimate, outputTokens: 0, pictures: 0 } : estimate;
}

/** How an attempt ends: what it has used all in all, and what that is of each limit since it last went on. */
export function settledOf(
  { tenantId, requestId }: Reservation,
  expected: Expected,
  { usage: said, outcome, latencyMs, firstMs }: Settlement,
): Settled {
  const { estimate, holds: held, before } = expected;
  const { usage, doubted } = boundUsage(said ?? unsaid(outcome, estimate), estimate);
  const { inputTokens, outputTokens, soundMs = 0, pictures = 0 } = usage;
  const wasUsed = inputTokens + outputTokens + soundMs + pictures > 0 || outcome === "answered";
  const used = wasUsed ? amountsSince(expected, usage) : { requests: 0, tokens: 0, money: 0, minutes: 0 };
  const holds = held.map((hold) => ({ ...hold, used: used[hold.measure] }));
  const all = sumOf(before, { usage, cost: used.money });
  return { tenantId, id: requestId, outcome, ...all, doubted, latencyMs, firstMs, holds };
}
