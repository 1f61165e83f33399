import type { AnyQuery, InputOf, OutputOf } from "../../shared/rpc/define.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import type { Timers } from "../../shared/result/ports.ts";
import type { Client } from "../../shared/rpc/client.ts";

/** What is known of a query. An error does not take away the last value. The object changes only when it says more. */
export interface LiveState<T> {
  value: T | undefined;
  error: RpcError | undefined;
}

/** One query with one input, shared by everybody who looks at it. */
export interface LiveQuery<T> {
  state(): LiveState<T>;
  subscribe(listener: () => void): () => void;
}

export interface LiveQueries {
  open<D extends AnyQuery>(def: D, input: InputOf<D>): LiveQuery<OutputOf<D>>;
}

const unknown: LiveState<never> = { value: undefined, error: undefined };

/**
 * Live queries of one window. Components that ask the same share one watch; it is kept for `lingerMs` after the
 * last of them, so that going back to a screen shows it at once.
 */
export function shareLiveQueries(
  client: Client,
  timers: Timers = systemTimers,
  lingerMs = 2_000,
): LiveQueries {
  const queries = new Map<string, LiveQuery<never>>();
  return {
    open(def, input) {
      const key = `${def.name} ${JSON.stringify(input)}`;
      const found = queries.get(key);
      if (found) return found;
      const made = shareOne(client, def, input, { timers, lingerMs, onIdle: () => queries.delete(key) });
      queries.set(key, made as LiveQuery<never>);
      return made;
    },
  };
}

interface Sharing {
  timers: Timers;
  lingerMs: number;
  onIdle(): void;
}

function shareOne<D extends AnyQuery>(
  client: Client,
  def: D,
  input: InputOf<D>,
  { timers, lingerMs, onIdle }: Sharing,
): LiveQuery<OutputOf<D>> {
  const listeners = new Set<() => void>();
  let state: LiveState<OutputOf<D>> = unknown;
  let unwatch: (() => void) | null = null;
  let cancelLinger = () => {};

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      cancelLinger();
      unwatch ??= client.watch(def, input, (value) => change({ value, error: undefined }), refuse);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) cancelLinger = timers.after(lingerMs, stop);
      };
    },
  };

  function refuse(error: RpcError): void {
    change({ value: state.value, error });
  }

  function change(next: LiveState<OutputOf<D>>): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function stop(): void {
    unwatch?.();
    unwatch = null;
    state = unknown;
    onIdle();
  }
}
