import type { ChildProcess } from "node:child_process";
import { stopChild } from "../../tools/processes.ts";

/**
 * Starts something again whenever it has ended, as a person or an operating system would: the same command, nothing
 * else. `start` hands over its process at once and answers when it works.
 */
export function keepRunning<Running>(start: (keep: (child: ChildProcess) => void) => Promise<Running>) {
  let child: ChildProcess | null = null;
  let current: Running | null = null;
  let killed = false;
  let stopping = false;
  const troubles: string[] = [];
  const running = run();

  async function run(): Promise<void> {
    while (!stopping) {
      killed = false;
      try {
        current = await start((started) => void (child = started));
      } catch (error) {
        if (!killed && !stopping) troubles.push(String(error));
      }
      if (child && current) await ended(child);
      if (!killed && !stopping) troubles.push("it ended by itself");
      current = null;
      child = null;
    }
  }

  return {
    /** Null while it is on its way, and from the moment in which it is killed. */
    current: () => (killed ? null : current),
    /** What went wrong although nobody had killed it. */
    troubles,
    /** @returns false when there is nothing to kill at this moment */
    kill(): boolean {
      if (!child || child.exitCode !== null || child.signalCode !== null) return false;
      killed = true;
      return child.kill("SIGKILL");
    },
    async stop(): Promise<void> {
      stopping = true;
      if (child) await stopChild(child);
      await running;
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once("exit", () => resolve()));
}
