import { fork } from "node:child_process";
import type { ReplicaProcess } from "../../host/supervise-replica.ts";
import type { AdmittedUpgrade } from "./desk-server.ts";

export interface ForkedReplica extends ReplicaProcess {
  /** Hands a window's connection to the process, which then owns it: main is not in the way of what flows. */
  takeWindow(upgrade: AdmittedUpgrade): boolean;
}

/** A replica in a process of its own, on this very Node. */
export function forkReplica(entry: string): ForkedReplica {
  const child = fork(entry, [], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const exitListeners = new Set<() => void>();
  let acceptsWindows = false;
  let alive = true;
  const die = () => {
    if (!alive) return;
    alive = false;
    for (const listener of exitListeners) listener();
  };
  child.once("exit", die);
  // It could not even be started.
  child.once("error", die);

  return {
    pid: child.pid,
    send(message) {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void exitListeners.add(listener),
    acceptWindows: () => void (acceptsWindows = true),
    kill: () => void child.kill("SIGKILL"),
    takeWindow({ headers, head, socket }) {
      if (!acceptsWindows || !child.connected) return false;
      const message = { t: "window-socket", headers, head: head.toString("base64") };
      child.send(message, socket, {}, (error) => {
        if (error) socket.destroy();
      });
      return true;
    },
  };
}
