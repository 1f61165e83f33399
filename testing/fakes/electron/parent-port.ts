import { EventEmitter } from "node:events";
import type { Relayed } from "./utility-process.ts";

// Runs first in a process of the stand-in's utilityProcess: gives it `process.parentPort` and takes away Node's own
// line to the parent, which a real utility process does not have.
const ports = new Map<number, EventEmitter>();
const send = process.send?.bind(process);
const tell = (message: Relayed) => void send?.(message);
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown) => tell({ kind: "message", data, ports: [] }),
});

process.on("message", (message: Relayed) => {
  if (message.kind === "message")
    parentPort.emit("message", { data: message.data, ports: message.ports.map(openPort) });
  else if (message.kind === "port-message")
    ports.get(message.port)?.emit("message", { data: message.data, ports: [] });
  else ports.get(message.port)?.emit("close");
});
// Electron ends its utility processes with itself.
process.on("disconnect", () => process.exit(1));
Object.assign(process, { parentPort, send: undefined });

function openPort(id: number): EventEmitter {
  const port = Object.assign(new EventEmitter(), {
    postMessage: (data: unknown) => tell({ kind: "port-message", port: id, data }),
    start() {},
    close: () => tell({ kind: "port-closed", port: id }),
  });
  ports.set(id, port);
  return port;
}
