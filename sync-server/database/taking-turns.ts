import { setImmediate } from "node:timers/promises";
import { createTurnBudget, type RunStep } from "../../shared/time/turn-budget.ts";

/** Longer than this, nothing of the embedded database holds the event loop but a single statement. */
const longestTurnMs = 8;

export type TakingTurns = {
  /** Runs works one after another, in the order in which they were asked for. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  statement: RunStep;
};

/**
 * PGlite answers in the thread that asks it: a transaction of twenty statements, and all that wait behind it, would
 * hold up every request and socket until the last is through.
 * @param now ms
 */
export function createTakingTurns(now = () => performance.now()): TakingTurns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    alone(work) {
      const mine = last.then(work);
      last = mine.catch(() => {});
      return mine;
    },
    statement: createTurnBudget(now, setImmediate, longestTurnMs),
  };
}
