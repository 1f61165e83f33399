import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { ModelRoute } from "../parts-port.ts";
import type { AiFailure } from "../port.ts";
import { shareOfTime } from "./attempt.ts";
import { isFinal, noTime } from "./parts.ts";

type Until = { timeoutMs: number; signal: AbortSignal | undefined };

/** Asks one model after another, until one answers, nobody waits any more or no other would answer either. */
export async function askInTurn<T>(
  routes: readonly ModelRoute[],
  { timeoutMs, signal }: Until,
  ask: (route: ModelRoute, signal: AbortSignal) => Promise<Result<T, AiFailure>>,
): Promise<Result<{ route: ModelRoute; answer: T }, AiFailure>> {
  const deadline = performance.now() + timeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  const until = signal ? AbortSignal.any([signal, timeout]) : timeout;
  let why = noTime;
  for (const [index, route] of routes.entries()) {
    const share = AbortSignal.timeout(shareOfTime(deadline, index === routes.length - 1));
    const answer = await ask(route, AbortSignal.any([until, share]));
    if (answer.ok) return ok({ route, answer: answer.value });
    why = answer.error;
    if (isFinal(why, until)) break;
  }
  return err(why);
}
