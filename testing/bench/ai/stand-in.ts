import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { stopChild } from "../../../tools/processes.ts";

/** How a stand-in writes: the first piece at once, then one after each pause. */
export type Writing = { pieces: number; pauseMs: number };

/** A model on this machine that answers at once, in a process of its own. */
export async function startStandIn(writing: Writing): Promise<{ baseUrl: string; close(): Promise<void> }> {
  const child = fork(join(import.meta.dirname, "stand-in-process.ts"), [JSON.stringify(writing)]);
  const [port] = (await once(child, "message")) as [number];
  return { baseUrl: `http://127.0.0.1:${port}/v1`, close: () => stopChild(child) };
}
