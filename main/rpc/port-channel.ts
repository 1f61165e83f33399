import type { Channel } from "../../shared/rpc/frames.ts";

/** What Electron's MessagePortMain and Node's MessagePort have in common, as events name it. */
export interface PortLike {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start?(): void;
  close(): void;
}

/** A window's channel over a message port. Messages are structured clones. */
export function channelOverPort<Out>(port: PortLike): Channel<Out, unknown> {
  // The window may be gone before anybody serves it; a port says so once.
  let closed = false;
  port.on("close", () => (closed = true));
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      // Electron hands over an event with the message in `data`; Node hands over the message.
      port.on("message", (message) => listener(isMessageEvent(message) ? message.data : message));
      port.start?.();
    },
    onClose(listener) {
      if (closed) queueMicrotask(listener);
      else port.on("close", listener);
    },
    close: () => port.close(),
  };
}

function isMessageEvent(message: unknown): message is { data: unknown; ports: unknown[] } {
  return typeof message === "object" && message !== null && "data" in message && "ports" in message;
}
