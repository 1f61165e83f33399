import { fork } from "node:child_process";
import { EventEmitter } from "node:events";
import type { FakePort } from "./ports.ts";

/** Between utility-process.ts here and parent-port.ts in the child: Node's IPC carries no ports, so they are relayed. */
export type Relayed =
  | { kind: "message"; data: unknown; ports: number[] }
  | { kind: "port-message"; port: number; data: unknown }
  | { kind: "port-closed"; port: number };

/** `utilityProcess.fork`: a real process, with `process.parentPort` and transferable ports. */
export function forkUtility(entry: string): EventEmitter {
  const child = fork(entry, [], {
    execArgv: ["--import", new URL("parent-port.ts", import.meta.url).href],
    serialization: "advanced",
  });
  const ports = new Map<number, FakePort>();
  const tell = (message: Relayed) => {
    if (child.connected) child.send(message, () => {});
  };
  const utility = Object.assign(new EventEmitter(), {
    pid: child.pid as number | undefined,
    postMessage(data: unknown, transferred: FakePort[] = []) {
      tell({ kind: "message", data, ports: transferred.map(relay) });
    },
    kill: () => child.kill(),
  });

  child.on("message", (message: Relayed) => {
    if (message.kind === "message") utility.emit("message", message.data);
    else if (message.kind === "port-message") ports.get(message.port)?.postMessage(message.data);
    else ports.get(message.port)?.close();
  });
  child.once("exit", (code) => {
    for (const port of ports.values()) port.close();
    utility.pid = undefined;
    utility.emit("exit", code);
  });
  return utility;

  function relay(port: FakePort): number {
    const id = ports.size + 1;
    ports.set(id, port);
    port.on("message", ({ data }: { data: unknown }) => tell({ kind: "port-message", port: id, data }));
    port.on("close", () => tell({ kind: "port-closed", port: id }));
    port.start();
    return id;
  }
}
