import { spawn } from "node:child_process";
import type { ChildProcess, SpawnOptions } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, wherever a tool was started from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The script behind a package's command, to be run on this very Node: `.bin` holds shell scripts on Windows. */
export function packageScript(path: string): string {
  return join(root, "node_modules", path);
}

export interface Finished {
  code: number;
  /** Standard output and error in the order of arrival. */
  output: string;
}

/** What this tool waits for. */
const running = new Set<ChildProcess>();

/**
 * Interrupts every program that this tool waits for, with whatever it has started, as Ctrl-C does at a terminal. They
 * have to be `apart`: only then are they and theirs a group that can be told.
 */
export function interruptRunning(): void {
  for (const { pid } of running) {
    if (pid === undefined) continue;
    try {
      process.kill(hasGroups ? -pid : pid, "SIGINT");
    } catch {
      // It has ended by itself.
    }
  }
}

const hasGroups = process.platform !== "win32";

/** For a tool that hands signals on: at a terminal, Ctrl-C reaches the program by that alone. */
export const apart: SpawnOptions = { detached: hasGroups };

/** Runs a program to its end and collects what it says. */
export function runQuietly(
  command: string,
  commandArguments: string[],
  options: SpawnOptions = {},
): Promise<Finished> {
  const child = spawn(command, commandArguments, {
    cwd: root,
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += String(chunk)));
  return ended(child).then((code) => ({ code, output }));
}

/** Runs a program to its end with its output on the terminal; answers its exit code. */
export function runAloud(
  command: string,
  commandArguments: string[],
  options: SpawnOptions = {},
): Promise<number> {
  return ended(
    spawn(command, commandArguments, { cwd: root, stdio: ["ignore", "inherit", "inherit"], ...options }),
  );
}

/** Asks a child to stop, insists after `graceMs`, and answers when it is gone. */
export async function stopChild(child: ChildProcess, graceMs = 10_000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const insist = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await gone;
  clearTimeout(insist);
}

function ended(child: ChildProcess): Promise<number> {
  running.add(child);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  }).finally(() => running.delete(child));
}
