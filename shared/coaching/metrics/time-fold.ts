export type Machine<Item, State> = {
  start: State;
  /** Pure; takes items in the order of time. */
  step(state: State, item: Item): State;
  /** A total order: no two items are equal. */
  compare(a: Item, b: Item): number;
};

export type TimeFold<Item, State> = {
  /** Items of `gone` are those that came before, as they came. */
  change(gone: readonly Item[], come: readonly Item[]): void;
  /** The same as stepping through all items in order from the start. */
  state(): State;
};

/** The state is kept at every so many items; of so many at the end, and up to as many before them, at each. */
const stride = 64;

/**
 * Folds items that may come, go and change in any order, as if they had all been there in order from the start. What
 * comes at the end costs one step; what changes `n` items back costs `n` steps and at most `stride` more, however
 * many items there are.
 */
export function createTimeFold<Item, State>(machine: Machine<Item, State>): TimeFold<Item, State> {
  const items: Item[] = [];
  /** `kept[i]` = the state before item `i * stride`. */
  const kept: State[] = [machine.start];
  /** `recent[i]` = the state after item `i` of those behind the last kept state. */
  let recent: State[] = [];

  function change(gone: readonly Item[], come: readonly Item[]): void {
    const changed = [...gone, ...come];
    if (changed.length === 0) return;
    const from = Math.min(...changed.map((item) => placeOf(items, item, machine.compare)));
    const leaving = new Set(gone);
    const tail = items.splice(from).filter((item) => !leaving.has(item));
    for (const item of [...tail, ...come].sort(machine.compare)) items.push(item);
    forget(from);
  }

  /** What was folded from the item at `from` on no longer holds. */
  function forget(from: number): void {
    if (from < (kept.length - 1) * stride) {
      kept.length = Math.floor(from / stride) + 1;
      recent = [];
    } else recent.length = Math.min(recent.length, from - (kept.length - 1) * stride);
  }

  function head(): State {
    return recent.at(-1) ?? kept.at(-1) ?? machine.start;
  }

  function state(): State {
    const folded = (kept.length - 1) * stride + recent.length;
    for (const item of items.slice(folded)) {
      recent.push(machine.step(head(), item));
      if (recent.length === 2 * stride) keepOne();
    }
    return head();
  }

  function keepOne(): void {
    kept.push(recent[stride - 1] ?? machine.start);
    recent = recent.slice(stride);
  }

  return { change, state };
}

/** How many of `items`, which are in order, stand before `item`. */
function placeOf<Item>(items: readonly Item[], item: Item, compare: (a: Item, b: Item) => number): number {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const other = items[middle];
    if (other !== undefined && compare(other, item) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
