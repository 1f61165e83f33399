import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { Attempt, Settlement, Used } from "../parts-port.ts";
import type { AiFailure, TaskTraits } from "../port.ts";
import type { ProviderFailure } from "../provider-port.ts";
import { failureOf, noTime, type Parts } from "./parts.ts";

export type Asking = { attempt: Attempt; priority: TaskTraits["priority"]; signal: AbortSignal };

/** What came of it, and the line of the audit that says so. */
export type Answered<T> = { requestId: string; value: T };

/**
 * Holds back what an attempt may cost, waits for its turn, asks, and settles. `take` decides whether what came holds;
 * what does not is paid for all the same.
 *
 * @param ask `firstMs` is set where the answer came piece by piece
 */
export async function askOnce<Given extends { usage: Used | null }, T, E extends AiFailure = AiFailure>(
  { ledger, guard, later }: Parts,
  { attempt, priority, signal }: Asking,
  ask: () => Promise<Result<Given, ProviderFailure> & { firstMs?: number }>,
  take: (given: Given) => Result<T, E>,
): Promise<Result<Answered<T>, AiFailure | E>> {
  if (signal.aborted) return err(noTime);
  const reserved = await ledger.reserve(attempt);
  if (!reserved.ok) return reserved;
  const { route, tenantId } = attempt;
  const began = performance.now();
  let firstMs: number | null = null;
  const settle = (usage: Used | null, outcome: Settlement["outcome"]) =>
    later(ledger.settle(reserved.value, { usage, outcome, latencyMs: performance.now() - began, firstMs }));
  try {
    const given = await guard.run({ route, tenantId, priority, signal }, async () => {
      const answer = await ask();
      firstMs = answer.firstMs ?? null;
      return answer;
    });
    if (!given.ok) {
      settle(given.error.usage, given.error.code);
      return err(failureOf(given.error));
    }
    const taken = take(given.value);
    settle(given.value.usage, taken.ok ? "answered" : "invalid");
    return taken.ok ? ok({ requestId: reserved.value.requestId, value: taken.value }) : taken;
  } catch (error) {
    // A bug, and no failure of the provider: what was held back must not stay so.
    settle(null, "failed");
    throw error;
  }
}
