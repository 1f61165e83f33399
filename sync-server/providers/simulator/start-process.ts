import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { err, ok, type Result } from "../../../shared/result/result.ts";
import type { SimulatorInput } from "./options.ts";
import type { ToParent } from "./process.ts";
import type { Log } from "./simulator.ts";

export interface SimulatorProcess {
  /** Base of REST and of the control API. */
  url: string;
  /** For the voice SDK's `chunderw`. */
  signallingHost: string;
  pid: number;
  /** Resolves when the process is gone, for whatever reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the simulated carrier in a process of its own. An error says in words why it could not start.
 * @param unwanted ends it while it starts
 */
export async function startSimulatorProcess(
  options: SimulatorInput,
  log: Log = () => undefined,
  unwanted?: AbortSignal,
): Promise<Result<SimulatorProcess, string>> {
  if (unwanted?.aborted) return err("nobody wants the simulator any more");
  const child = fork(fileURLToPath(new URL("./process.ts", import.meta.url)), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
    // A machine without room for another process says so here.
    child.on("error", () => done());
  });
  // It has nothing yet that would have to be kept.
  const kill = () => void child.kill("SIGKILL");
  unwanted?.addEventListener("abort", kill);
  child.send(options);
  const first = await Promise.race([firstWord(child, log), ended]);
  unwanted?.removeEventListener("abort", kill);
  if (!first) return err("the simulator ended before it was ready");
  if (first.kind === "failed") return err(first.message);
  return ok({
    url: first.url,
    signallingHost: first.signallingHost,
    pid: child.pid ?? 0,
    ended,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  });
}

function firstWord(child: ChildProcess, log: Log): Promise<Exclude<ToParent, { kind: "log" }>> {
  return new Promise((resolve) => {
    child.on("message", (raw) => {
      const message = raw as ToParent;
      if (message.kind === "log") log(message.entry, message.message);
      else resolve(message);
    });
  });
}
