/** Longer than this, nothing of the embedded database holds the event loop but a single statement. */
const longestTurnMs = 8;

export type TakingTurns = {
  /** Runs works one after another, in the order in which they were asked for. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Runs one statement; after it, everybody else has a turn where the statements of this one have been long. */
  statement<T>(run: () => Promise<T>): Promise<T>;
};

/**
 * PGlite answers in the thread that asks it, and its promises never leave that turn of the event loop: a transaction
 * of twenty statements, and all that wait behind it, would hold up every request and socket until the last is through.
 * @param now ms
 * @param turn resolves when everything that waits has run
 */
export function createTakingTurns(now = () => performance.now(), turn = nextTurn): TakingTurns {
  let last: Promise<unknown> = Promise.resolve();
  let startedMs: number | null = null;

  /** The first statement of a turn begins its time, and the event loop ends it. */
  function beginTurn(): number {
    if (startedMs === null) {
      void turn().then(() => {
        startedMs = null;
      });
    }
    return (startedMs ??= now());
  }

  return {
    alone(work) {
      const mine = last.then(work);
      last = mine.catch(() => {});
      return mine;
    },
    async statement(run) {
      const beganMs = beginTurn();
      try {
        return await run();
      } finally {
        if (now() - beganMs >= longestTurnMs) await turn();
      }
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
