/** Runs one step; after it, everybody else has a turn of the event loop where the steps of this one have been long. */
export type RunStep = <T>(step: () => Promise<T>) => Promise<T>;

/**
 * For steps that hold the event loop and whose promises never leave its turn, as PGlite's statements do: however many
 * follow each other, nothing else would run until the last is through. With a budget, only a single step can be long.
 * @param now ms
 * @param turn resolves when everything that waits has run
 * @param budgetMs what the steps of one turn may take together
 */
export function createTurnBudget(now: () => number, turn: () => Promise<void>, budgetMs: number): RunStep {
  let startedMs: number | null = null;

  /** The first step of a turn begins its time, and the event loop ends it. */
  function begin(): number {
    if (startedMs === null) {
      void turn().then(() => {
        startedMs = null;
      });
    }
    return (startedMs ??= now());
  }

  return async (step) => {
    const beganMs = begin();
    try {
      return await step();
    } finally {
      if (now() - beganMs >= budgetMs) await turn();
    }
  };
}
