import type { Channel, FrameDown } from "../../shared/rpc/frames.ts";
import type { AnyEvent, PayloadOf } from "../../shared/rpc/define.ts";
import { systemClock, systemTimers } from "../../shared/result/ports.ts";
import type { Clock, Timers } from "../../shared/result/ports.ts";
import type { Handlers } from "../rpc/handlers.ts";
import { createRouter } from "../rpc/router.ts";
import type { Router } from "../rpc/router.ts";
import { ToMain } from "./protocol.ts";
import type { OpenSettings, ToReplica } from "./protocol.ts";
import { hostContract } from "./services.ts";
import type { HostContract } from "./services.ts";

/** One run of the replica's process, as a shell starts it. */
export interface ReplicaProcess {
  readonly pid: number | undefined;
  send(message: ToReplica): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: () => void): void;
  /** From now on every window gets a channel to this process. */
  acceptWindows(): void;
  kill(): void;
}

export interface Supervision {
  spawn: () => ReplicaProcess;
  settings: OpenSettings;
  services: Handlers<HostContract>;
  log: (line: string) => void;
  timers?: Timers;
  clock?: Clock;
}

export interface SupervisedReplica {
  pid(): number | undefined;
  /** What happened on the desktop; told to the replica that runs, if one does. */
  tell<E extends AnyEvent>(event: E, payload: PayloadOf<E>): void;
  /** Asks the process to put everything down, insists after `stopGraceMs`, and resolves when it is gone. */
  stop(): Promise<void>;
}

const firstDelayMs = 200;
const longestDelayMs = 10_000;
/** A run of this length was a good one: the next failure is a first one again. */
const settledAfterMs = 30_000;
const stopGraceMs = 15_000;

/** Keeps a replica process running: one that dies is started again, at growing intervals while it keeps dying. */
export function superviseReplica(options: Supervision): SupervisedReplica {
  const { spawn, settings, services, log, timers = systemTimers, clock = systemClock } = options;
  const onBug = (bug: { method: string; error: unknown }) => log(`${bug.method}: ${String(bug.error)}`);
  let current: ReplicaProcess | null = null;
  let router: Router | null = null;
  /** What happened before a replica was there to hear of it. */
  const early: (() => void)[] = [];
  let greeted = false;
  let failures = 0;
  let startedAt = 0;
  let stopped: Promise<void> | null = null;
  let cancelRestart = () => {};
  let onGone = () => {};
  start();

  return {
    pid: () => current?.pid,
    tell(event, payload) {
      if (greeted) router?.broadcast(event, payload);
      else early.push(() => router?.broadcast(event, payload));
    },
    stop: () => (stopped ??= stop()),
  };

  function start(): void {
    startedAt = clock.now();
    const child = spawn();
    current = child;
    const frames = serveServices(child);
    child.onMessage((message) => {
      const said = ToMain.safeParse(message);
      if (!said.success) log("The replica said something that main does not understand.");
      else if (said.data.t === "services") frames(said.data.frame);
      else if (said.data.t === "ready") greet(child);
    });
    child.onExit(exited);
  }

  function greet(child: ReplicaProcess): void {
    child.send({ t: "open", settings });
    child.acceptWindows();
    greeted = true;
    for (const tell of early.splice(0)) tell();
  }

  /** Each run has a router of its own: what a dead one had asked goes with it. Answers where its frames go in. */
  function serveServices(child: ReplicaProcess): (frame: unknown) => void {
    let receive: (frame: unknown) => void = () => {};
    const channel: Channel<FrameDown, unknown> = {
      send: (frame) => child.send({ t: "services", frame }),
      onMessage: (listener) => void (receive = listener),
      onClose: (listener) => child.onExit(listener),
      close: () => {},
    };
    router = createRouter(hostContract, services, { onBug });
    router.serve(channel);
    return (frame) => receive(frame);
  }

  function exited(): void {
    current = null;
    router = null;
    greeted = false;
    if (stopped) return onGone();
    if (clock.now() - startedAt > settledAfterMs) failures = 0;
    const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** failures);
    failures += 1;
    log(`The replica process has ended unasked; starting it again in ${delayMs} ms.`);
    cancelRestart = timers.after(delayMs, start);
  }

  function stop(): Promise<void> {
    cancelRestart();
    const child = current;
    if (!child) return Promise.resolve();
    return new Promise((resolve) => {
      const cancelKill = timers.after(stopGraceMs, () => child.kill());
      onGone = () => {
        cancelKill();
        resolve();
      };
      child.send({ t: "shutdown" });
    });
  }
}
