/** Runs tasks one after another, in the order in which they were asked for. */
export type TakeTurn = <T>(task: () => Promise<T>) => Promise<T>;

/**
 * Whatever reads a record and then writes it takes a turn, so that an edit and a page from the server never
 * interleave. Reads for the screen take none: they never wait.
 */
export function createTurns(): TakeTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => undefined);
    return run;
  };
}
