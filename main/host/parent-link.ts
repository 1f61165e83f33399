import type { Socket } from "node:net";
import type { PortLike } from "../rpc/port-channel.ts";

/** A replica process's end of the link to main, whatever started it. */
export interface ParentLink {
  send(message: unknown): void;
  /** `port` or `socket` come along with messages that announce a window. */
  onMessage(listener: (message: unknown, extra: { port?: PortLike; socket?: Socket }) => void): void;
  /** Main is gone without a goodbye. */
  onGone(listener: () => void): void;
}

/** Electron's `process.parentPort`, as far as it is used here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: "message", listener: (event: { data: unknown; ports: PortLike[] }) => void): unknown;
}

/** The link of this very process: Electron's utility process, or a child of `fork`. */
export function findParentLink(): ParentLink {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort) return linkOverParentPort(parentPort);
  if (process.send) return linkOverIpc();
  throw new Error("a replica process is started by main, not by hand");
}

function linkOverParentPort(parentPort: ParentPort): ParentLink {
  return {
    send: (message) => parentPort.postMessage(message),
    onMessage: (listener) =>
      void parentPort.on("message", ({ data, ports: [port] }) => listener(data, port ? { port } : {})),
    // Electron ends its utility processes with itself.
    onGone: () => {},
  };
}

function linkOverIpc(): ParentLink {
  return {
    // Main may be gone already; `disconnect` says so.
    send: (message) => void process.send?.(message, () => {}),
    onMessage: (listener) =>
      void process.on("message", (message, handle) =>
        listener(message, handle ? { socket: handle as Socket } : {}),
      ),
    onGone: (listener) => void process.once("disconnect", listener),
  };
}
