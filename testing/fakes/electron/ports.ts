import { EventEmitter } from "node:events";
import type { MessagePort } from "node:worker_threads";

/** Electron's MessagePortMain: an emitter of `{data, ports}`, silent until started. */
export interface FakePort extends EventEmitter {
  readonly raw: MessagePort;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

export function wrapPort(raw: MessagePort): FakePort {
  const port = Object.assign(new EventEmitter(), {
    raw,
    postMessage: (message: unknown) => raw.postMessage(message),
    start: () => void raw.on("message", (data: unknown) => port.emit("message", { data, ports: [] })),
    close: () => raw.close(),
  });
  raw.once("close", () => port.emit("close"));
  return port;
}
