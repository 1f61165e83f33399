import { BrokenCircuitError, circuitBreaker, CircuitState, CountBreaker, handleWhenResult } from "cockatiel";
import type { Clock } from "../../../shared/result/ports.ts";
import { err, type Result } from "../../../shared/result/result.ts";
import type { ProviderFailure } from "../provider-port.ts";
import type { GuardLimits } from "./limits.ts";

type Answer = Result<unknown, ProviderFailure>;
type Asked = { answer: Answer; isCancelled: boolean };

/** Leaves a model alone that mostly fails, and lets one question try it from time to time. */
export type Breaker = {
  /** Whether it would be refused without being asked. */
  isOpen(): boolean;
  /** @param waitedMs in our own line, before it was asked */
  ask<T>(
    turn: { signal: AbortSignal; waitedMs: number },
    work: () => Promise<Result<T, ProviderFailure>>,
  ): Promise<Result<T, ProviderFailure>>;
};

/** What says that a provider has trouble, and not that a question or a key has. */
const faults: ReadonlySet<ProviderFailure["code"]> = new Set([
  "unreachable",
  "failed",
  "timed-out",
  "cut-off",
]);

export const brokenOff: ProviderFailure = {
  code: "unreachable",
  message: "The provider failed again and again, and is left alone for a while.",
  retryAfterMs: null,
  usage: null,
};

export function createBreaker(
  clock: Clock,
  { outOf, atLeast, halfOpenAfterMs }: GuardLimits["breaker"],
): Breaker {
  const policy = circuitBreaker(
    handleWhenResult((asked) => isFault(asked as Asked, policy.state === CircuitState.HalfOpen)),
    {
      halfOpenAfter: halfOpenAfterMs,
      breaker: new CountBreaker({ threshold: 0.5, size: outOf, minimumNumberOfCalls: atLeast }),
    },
  );
  let openUntil = 0;
  policy.onBreak(() => (openUntil = clock.now() + halfOpenAfterMs));
  const isOpen = () =>
    policy.state === CircuitState.HalfOpen || (policy.state === CircuitState.Open && clock.now() < openUntil);
  return {
    isOpen,
    async ask(turn, work) {
      // The library would let those wait who come while one question tries.
      if (isOpen()) return err(brokenOff);
      try {
        const { answer } = await policy.execute(async () => {
          const askedMs = clock.now();
          const given = await work();
          const hadMs = clock.now() - askedMs;
          return { answer: given, isCancelled: isCancelled(given, turn.signal, turn.waitedMs > hadMs) };
        });
        return answer;
      } catch (error) {
        if (error instanceof BrokenCircuitError) return err(brokenOff);
        throw error;
      }
    },
  };
}

/** Who left before the answer has tried nothing: that neither opens a breaker nor closes one. */
function isFault({ answer, isCancelled: left }: Asked, isTrying: boolean): boolean {
  if (left) return isTrying;
  return !answer.ok && faults.has(answer.error.code);
}

/**
 * A deadline's reason is a TimeoutError; whoever leaves gives another.
 * @param isOurs most of the time had passed before the provider was asked: it cannot be blamed for what was left
 */
function isCancelled(answer: Answer, signal: AbortSignal, isOurs: boolean): boolean {
  if (answer.ok || answer.error.code !== "timed-out" || !signal.aborted) return false;
  return isOurs || !(signal.reason instanceof DOMException && signal.reason.name === "TimeoutError");
}
