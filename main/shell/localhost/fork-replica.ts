import { fork } from "node:child_process";
import type { Socket } from "node:net";
import { replicaEnvironment } from "../../host/replica-environment.ts";
import type { ReplicaProcess } from "../../host/supervise-replica.ts";
import type { AdmittedUpgrade } from "./desk-server.ts";

export interface ForkedReplica extends ReplicaProcess {
  /**
   * Hands a window's connection to the process, which then owns it: main is not in the way of what flows. False
   * while it cannot take one: they go one at a time, because those that queue inside Node are lost, and hang for
   * ever, when the process dies.
   */
  takeWindow(upgrade: AdmittedUpgrade): boolean;
  /** Called whenever the process can take another window. */
  onFree(listener: () => void): void;
}

/** Node's own end of a connection. It is in no types, and nothing else reaches a socket that was handed over. */
interface ConnectionHandle {
  readStop(): void;
  close(): void;
}

/** A replica in a process of its own, on this very Node. */
export function forkReplica(entry: string): ForkedReplica {
  const child = fork(entry, [], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: replicaEnvironment(),
  });
  const exitListeners = new Set<() => void>();
  let free = false;
  let tellFree = () => {};
  let onItsWay: ConnectionHandle | null = null;
  let alive = true;
  const die = () => {
    if (!alive) return;
    alive = false;
    // Node leaves this open: the browser would wait for an answer until it gives up.
    onItsWay?.close();
    for (const listener of exitListeners) listener();
  };
  child.once("exit", die);
  child.on("message", (message) => {
    if ((message as { t?: unknown }).t === "window-taken") becomeFree();
  });
  // It could not even be started.
  child.once("error", die);

  return {
    pid: child.pid,
    send(message) {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void exitListeners.add(listener),
    acceptWindows: becomeFree,
    kill: () => void child.kill("SIGKILL"),
    takeWindow({ headers, head, socket }) {
      if (!free || !child.connected) return false;
      onItsWay = handleOf(socket);
      // The browser has gone already.
      if (!onItsWay) return true;
      // Or main might read what the browser sends to the process.
      onItsWay.readStop();
      free = false;
      const message = { t: "window-socket", headers, head: head.toString("base64") };
      child.send(message, socket, {}, () => {});
      return true;
    },
    onFree: (listener) => void (tellFree = listener),
  };

  function becomeFree(): void {
    onItsWay = null;
    free = true;
    tellFree();
  }
}

function handleOf(socket: Socket): ConnectionHandle | null {
  return (socket as unknown as { _handle: ConnectionHandle | null })._handle;
}
