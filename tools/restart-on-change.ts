import type { ChildProcess } from "node:child_process";
import { watch } from "node:fs";
import { systemTimers } from "../shared/result/ports.ts";
import type { Timers } from "../shared/result/ports.ts";
import { stopChild } from "./processes.ts";

export interface Program {
  /** For the lines that tell of it. */
  name: string;
  /** Watched with all that they hold. */
  folders: readonly string[];
  /** Hands each process to `keep` as soon as there is one; rejects when it did not start. */
  start(keep: (child: ChildProcess) => void): Promise<void>;
  say?(line: string): void;
  timers?: Timers;
}

export interface Watched {
  /** Resolves when the first start is done, well or badly. */
  started: Promise<void>;
  /** Ends its processes, also those of a start that is not done. */
  stop(): Promise<void>;
}

/** An editor saves a file in several steps, a tool many files at once. */
const burstMs = 200;

/**
 * Starts a program now and again after each change of its sources. A change cuts no start short, or what that makes once
 * (a demo tenant) would be half made.
 */
export function restartOnChange(program: Program): Watched {
  const { name, folders, start, say = console.log, timers = systemTimers } = program;
  const children = new Set<ChildProcess>();
  let phase: "starting" | "running" | "stopped" = "starting";
  let wanted = false;
  let cancelTimer = () => {};

  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_, file) => {
      if (file === null || !isSource(file)) return;
      cancelTimer();
      cancelTimer = timers.after(burstMs, again);
    }),
  );
  const started = run();
  let working = started;

  return {
    started,
    async stop() {
      phase = "stopped";
      for (const watcher of watchers) watcher.close();
      cancelTimer();
      await endChildren();
      await working;
    },
  };

  /** However many changes come while it starts, one more start has them all. */
  function again(): void {
    if (wanted) return;
    wanted = true;
    working = working.then(async () => {
      wanted = false;
      if (phase === "stopped") return;
      phase = "starting";
      say(`${name} starts again`);
      await endChildren();
      await run();
    });
  }

  async function run(): Promise<void> {
    try {
      await start(keep);
      if (phase === "starting") phase = "running";
    } catch (error) {
      if (phase === "stopped") return;
      say(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`);
      await endChildren();
    }
  }

  function keep(child: ChildProcess): void {
    children.add(child);
    child.once("exit", () => {
      children.delete(child);
      if (phase === "running") say(`${name} has ended; the next change starts it again`);
    });
    if (phase === "stopped") void stopChild(child);
  }

  async function endChildren(): Promise<void> {
    await Promise.all([...children].map((child) => stopChild(child)));
  }
}

/**
 * Whether a program has to start again for it: the console's pages, which stand in the server's folder, come anew by
 * themselves.
 * @param file from the watched folder on
 */
export function isSource(file: string): boolean {
  return /\.(?:ts|json|sql)$/u.test(file) && !file.endsWith(".test.ts") && !/^console[/\\]/u.test(file);
}
