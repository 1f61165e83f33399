/** Lets others have their turn where those who work in turns have had theirs; undefined = it is not over yet. */
export type Pause = () => Promise<void> | undefined;

/** Does work that may be paused at each `yield` without a pause. */
export function takeAllTurns<T>(turns: Generator<void, T>): T {
  let turn = turns.next();
  while (turn.done !== true) turn = turns.next();
  return turn.value;
}

/** Does work that may be paused at each `yield`; none of its turns is longer than from one to the next. */
export async function takeTurns<T>(turns: Generator<void, T>, pause: Pause): Promise<T> {
  let turn = turns.next();
  while (turn.done !== true) {
    await pause();
    turn = turns.next();
  }
  await pause();
  return turn.value;
}

/**
 * @param now ms
 * @param turn resolves when everything that waits has run
 * @param sliceMs after which others have their turn
 */
export function createPauses(now: () => number, turn: () => Promise<unknown>, sliceMs: number): Pause {
  let begunMs = now();
  return () => {
    if (now() - begunMs < sliceMs) return undefined;
    return turn().then(() => {
      begunMs = now();
    });
  };
}
