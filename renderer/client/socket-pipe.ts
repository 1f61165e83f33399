import type { FrameDown } from "../../shared/rpc/frames.ts";
import type { Pipe, PipeSignal } from "../../shared/rpc/pipe.ts";
import { systemTimers } from "../../shared/result/ports.ts";
import type { Random, Timers } from "../../shared/result/ports.ts";

/** The part of a browser's WebSocket that is used here; `ws` has it too. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface SocketPipeOptions {
  timers?: Timers;
  random?: Random;
  openSocket?: (url: string) => SocketLike;
  /**
   * Asks whether whoever listens there would let this window in; rejects where nobody listens. A browser does not tell
   * a WebSocket that was refused from one that met nobody.
   */
  askIn?: () => Promise<boolean>;
}

const firstDelayMs = 100;
const longestDelayMs = 3_000;
/** A desk that starts anew takes some seconds; from then on it is asked whether it knows this window. */
const failuresBeforeAsking = 4;

/** A pipe over a WebSocket to this machine. It connects again for as long as the window lives. */
export function openSocketPipe(url: string, options: SocketPipeOptions = {}): Pipe & { close(): void } {
  const { timers = systemTimers, random = Math.random, openSocket = openBrowserSocket, askIn } = options;
  const listeners = new Set<(signal: PipeSignal) => void>();
  let socket: SocketLike | null = null;
  let up = false;
  let closed = false;
  let failures = 0;
  let isAsking = false;
  let isShutOut = false;
  let cancelRetry = () => {};
  connect();

  return {
    request(frame) {
      if (up) socket?.send(JSON.stringify(frame));
    },
    subscribe(listener) {
      listeners.add(listener);
      if (up) listener({ t: "up" });
      return () => void listeners.delete(listener);
    },
    close() {
      closed = true;
      cancelRetry();
      socket?.close();
    },
  };

  function connect(): void {
    const attempt = openSocket(url);
    socket = attempt;
    attempt.onopen = () => {
      failures = 0;
      isShutOut = false;
      up = true;
      tell({ t: "up" });
    };
    attempt.onmessage = ({ data }) => tell(JSON.parse(String(data)) as FrameDown);
    attempt.onclose = () => lose();
  }

  function lose(): void {
    if (up) tell({ t: "down" });
    up = false;
    if (closed) return;
    // Jitter, because all windows of a desk lose the same replica at the same moment.
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** failures) * (0.5 + random() / 2);
    failures += 1;
    if (failures >= failuresBeforeAsking) void ask();
    cancelRetry = timers.after(delayMs, connect);
  }

  /** Whoever has shut this window out is asked no more: the next connection says that the person has come in anew. */
  async function ask(): Promise<void> {
    if (!askIn || isAsking || isShutOut) return;
    isAsking = true;
    // Rejected: nobody is there yet.
    const letsIn = await askIn().catch(() => true);
    isAsking = false;
    if (letsIn || up || closed) return;
    isShutOut = true;
    tell({ t: "shut-out" });
  }

  function tell(signal: PipeSignal): void {
    for (const listener of listeners) listener(signal);
  }
}

function openBrowserSocket(url: string): SocketLike {
  return new WebSocket(url) as SocketLike;
}
