/**
 * Runs tasks one after another, in the order in which they were asked for; those that a `person` waits for go before
 * those of sync, which can be many.
 */
export type TakeTurn = <T>(task: () => Promise<T>, waits?: "person" | "nobody") => Promise<T>;

/**
 * Whatever reads a record and then writes it takes a turn, so that an edit and a page from the server never
 * interleave. Reads for the screen take none: they never wait.
 */
export function createTurns(): TakeTurn {
  const persons: (() => Promise<unknown>)[] = [];
  const others: (() => Promise<unknown>)[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    for (let next = persons.shift() ?? others.shift(); next; next = persons.shift() ?? others.shift()) {
      await next();
    }
    running = false;
  }

  return (task, waits = "nobody") =>
    new Promise((resolve, reject) => {
      const turn = () => Promise.resolve().then(task).then(resolve, reject);
      (waits === "person" ? persons : others).push(turn);
      if (!running) void run();
    });
}
