import {
  createContext,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { ReactNode } from "react";
import type {
  AnyCommand,
  AnyEvent,
  AnyQuery,
  InputOf,
  OutputOf,
  PayloadOf,
} from "../../shared/rpc/define.ts";
import type { RpcError } from "../../shared/rpc/frames.ts";
import type { Result } from "../../shared/result/result.ts";
import type { Client, Connection } from "../../shared/rpc/client.ts";
import { shareLiveQueries } from "./live-queries.ts";
import type { LiveQueries, LiveQuery, LiveState } from "./live-queries.ts";

const ClientContext = createContext<{ client: Client; queries: LiveQueries } | null>(null);

export function ClientProvider({ client, children }: { client: Client; children: ReactNode }) {
  const value = useMemo(() => ({ client, queries: shareLiveQueries(client) }), [client]);
  return <ClientContext value={value}>{children}</ClientContext>;
}

export function useClient(): Client {
  return useWindow().client;
}

/** In place of an input: ask nothing yet. */
export const skip = Symbol("skip");

export interface Live<T> {
  /** The latest answer. While the input changes it is the answer to the one before, so that nothing flickers. */
  value: T | undefined;
  /** Why there is no fresh answer; cleared by the next one. */
  error: RpcError | undefined;
  /** `value` does not answer this input yet. */
  pending: boolean;
}

/** Follows a query for as long as the component lives. Inputs are compared by content: no need to memoise them. */
export function useLive<D extends AnyQuery>(def: D, input: InputOf<D> | typeof skip): Live<OutputOf<D>> {
  const { queries } = useWindow();
  const key = input === skip ? null : JSON.stringify(input);
  const query = useMemo(
    (): LiveQuery<OutputOf<D>> =>
      key === null ? idleQuery : queries.open(def, JSON.parse(key) as InputOf<D>),
    [queries, def, key],
  );
  const state = useAnswers(query);
  const last = useLastValue(def, state);
  const pending = key !== null && state.value === undefined && state.error === undefined;
  return useMemo(() => ({ value: state.value ?? last, error: state.error, pending }), [state, last, pending]);
}

/**
 * The state of a query as it changes. An answer is drawn as a transition, in pieces between which the window takes keys
 * and clicks: a first sync answers many queries many times a second.
 */
function useAnswers<T>(query: LiveQuery<T>): LiveState<T> {
  const [seen, see] = useState({ query, state: query.state() });
  useEffect(() => {
    const read = () => {
      const next = { query, state: query.state() };
      startTransition(() => see((before) => (sameAnswer(before, next) ? before : next)));
    };
    const stop = query.subscribe(read);
    read();
    return stop;
  }, [query]);
  return seen.query === query ? seen.state : query.state();
}

function sameAnswer<T>(a: { query: T; state: unknown }, b: { query: T; state: unknown }): boolean {
  return a.query === b.query && a.state === b.state;
}

const idleState: LiveState<never> = { value: undefined, error: undefined };
const idleQuery: LiveQuery<never> = { state: () => idleState, subscribe: () => () => {} };

/** The last answer that this component showed to the same query, whatever its input. */
function useLastValue<D extends AnyQuery>(def: D, state: LiveState<OutputOf<D>>): OutputOf<D> | undefined {
  const [last, keep] = useState<{ def: AnyQuery; value: OutputOf<D> } | null>(null);
  if (state.value !== undefined && state.value !== last?.value) keep({ def, value: state.value });
  return last?.def === def ? last.value : undefined;
}

/** A function that runs the command; the same one for the life of the component. */
export function useCommand<D extends AnyCommand>(
  def: D,
): (input: InputOf<D>) => Promise<Result<OutputOf<D>, RpcError>> {
  const { client } = useWindow();
  return useCallback((input) => client.call(def, input), [client, def]);
}

/** Calls the latest `listener` for every event while the component lives. */
export function useEvent<E extends AnyEvent>(def: E, listener: (payload: PayloadOf<E>) => void): void {
  const { client } = useWindow();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => client.onEvent(def, (payload) => latest.current(payload)), [client, def]);
}

export function useConnection(): Connection {
  const { client } = useWindow();
  return useSyncExternalStore(client.onConnection, client.connection);
}

function useWindow(): { client: Client; queries: LiveQueries } {
  const window = useContext(ClientContext);
  if (!window) throw new Error("a component that asks the replica needs a ClientProvider above it");
  return window;
}
