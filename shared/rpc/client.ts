import type { AnyCommand, AnyEvent, AnyQuery, InputOf, OutputOf, PayloadOf } from "./define.ts";
import type { FrameUp, RpcError } from "./frames.ts";
import type { Pipe, PipeSignal } from "./pipe.ts";
import { err } from "../result/result.ts";
import type { Result } from "../result/result.ts";
import { systemTimers } from "../result/ports.ts";
import type { Timers } from "../result/ports.ts";

/**
 * `connecting`: not yet reached since the window opened. `lost`: reached once, and on its way back. `shut-out`: it does
 * not come back before the person has come in anew.
 */
export type Connection = "connecting" | "open" | "lost" | "shut-out";

export interface Client {
  /** Runs a command. Asked while the pipe is down, it waits for the pipe, at most `maxWaitMs`. */
  call<D extends AnyCommand>(def: D, input: InputOf<D>): Promise<Result<OutputOf<D>, RpcError>>;
  /** Follows a query until the returned function is called, across any number of reconnections. */
  watch<D extends AnyQuery>(
    def: D,
    input: InputOf<D>,
    onValue: (value: OutputOf<D>) => void,
    onError?: (error: RpcError) => void,
  ): () => void;
  onEvent<E extends AnyEvent>(def: E, listener: (payload: PayloadOf<E>) => void): () => void;
  connection(): Connection;
  onConnection(listener: () => void): () => void;
  close(): void;
}

export interface ClientOptions {
  timers?: Timers;
  maxWaitMs?: number;
}

interface OpenCall {
  frame: FrameUp;
  sent: boolean;
  settle(result: Result<never, RpcError>): void;
}
interface OpenWatch {
  frame: FrameUp;
  onValue(value: never): void;
  onError(error: RpcError): void;
}

const cutOff: RpcError = {
  code: "cancelled",
  message: "Ringside restarted before it could answer. Look whether it was done, and try again if not.",
};
const unreachable: RpcError = { code: "busy", message: "Ringside does not answer at the moment. Try again." };
const closedByWindow: RpcError = { code: "cancelled", message: "This window is closing." };

/** The asking side of a contract, over any pipe. Live queries come back by themselves when the pipe does. */
export function connectClient(pipe: Pipe, options: ClientOptions = {}): Client {
  const { timers = systemTimers, maxWaitMs = 30_000 } = options;
  const calls = new Map<number, OpenCall>();
  const watches = new Map<number, OpenWatch>();
  const eventListeners = new Map<string, Set<(payload: never) => void>>();
  const connectionListeners = new Set<() => void>();
  let connection: Connection = "connecting";
  // 0 is the id of answers to frames that nobody could read.
  let lastId = 0;
  const unsubscribe = pipe.subscribe(receive);

  return {
    call,
    watch,
    onEvent,
    connection: () => connection,
    onConnection: (listener) => addTo(connectionListeners, listener),
    close,
  };

  function call<D extends AnyCommand>(def: D, input: InputOf<D>): Promise<Result<OutputOf<D>, RpcError>> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      const cancelWait = timers.after(maxWaitMs, () => {
        // Once sent, an answer may take as long as it takes: an import is not a failure because it is slow.
        if (calls.get(id)?.sent === false) settle(err(unreachable));
      });
      const settle = (result: Result<never, RpcError>) => {
        cancelWait();
        calls.delete(id);
        resolve(result);
      };
      const frame: FrameUp = { t: "call", id, name: def.name, input };
      calls.set(id, { frame, sent: connection === "open", settle });
      if (connection === "open") pipe.request(frame);
    });
  }

  function watch<D extends AnyQuery>(
    def: D,
    input: InputOf<D>,
    onValue: (value: OutputOf<D>) => void,
    onError: (error: RpcError) => void = () => {},
  ): () => void {
    lastId += 1;
    const id = lastId;
    const frame: FrameUp = { t: "watch", id, name: def.name, input };
    watches.set(id, { frame, onValue, onError });
    if (connection === "open") pipe.request(frame);
    return () => {
      if (watches.delete(id) && connection === "open") pipe.request({ t: "unwatch", id });
    };
  }

  function onEvent<E extends AnyEvent>(def: E, listener: (payload: PayloadOf<E>) => void): () => void {
    const listeners = eventListeners.get(def.name) ?? new Set();
    eventListeners.set(def.name, listeners);
    return addTo(listeners, listener);
  }

  function receive(signal: PipeSignal): void {
    if (signal.t === "up") comeUp();
    else if (signal.t === "down") goDown();
    else if (signal.t === "shut-out") shutOut();
    else if (signal.t === "result") calls.get(signal.id)?.settle({ ok: true, value: signal.value as never });
    else if (signal.t === "value") watches.get(signal.id)?.onValue(signal.value as never);
    else if (signal.t === "failed") fail(signal.id, signal.error);
    else for (const listener of eventListeners.get(signal.name) ?? []) listener(signal.payload as never);
  }

  function fail(id: number, error: RpcError): void {
    calls.get(id)?.settle(err(error));
    watches.get(id)?.onError(error);
  }

  function comeUp(): void {
    // A pipe that comes up twice has changed its other end: what stood open there is gone.
    if (connection === "open") goDown();
    connection = "open";
    for (const { frame } of watches.values()) pipe.request(frame);
    for (const waiting of calls.values()) {
      waiting.sent = true;
      pipe.request(waiting.frame);
    }
    tellConnection();
  }

  /** A command that was sent may or may not have been done: only the person can tell, so it is never sent again. */
  function goDown(): void {
    if (connection !== "open") return;
    connection = "lost";
    for (const sent of [...calls.values()].filter((open) => open.sent)) sent.settle(err(cutOff));
    tellConnection();
  }

  function shutOut(): void {
    if (connection === "open") return;
    connection = "shut-out";
    tellConnection();
  }

  function tellConnection(): void {
    for (const listener of connectionListeners) listener();
  }

  function close(): void {
    unsubscribe();
    for (const open of calls.values()) open.settle(err(closedByWindow));
    if (connection === "open") for (const id of watches.keys()) pipe.request({ t: "unwatch", id });
    watches.clear();
    eventListeners.clear();
    connectionListeners.clear();
  }
}

function addTo<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
