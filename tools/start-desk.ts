import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root } from "./processes.ts";
import { waitForLine } from "./wait-for-line.ts";

export interface DeskStart {
  /** The binary; null = the localhost shell on this Node. */
  electron: string | null;
  /** Of main, from the project's folder on. Without Electron its sources do, too; what is built loads five times faster. */
  program: string;
  dataDir: string;
  serverUrl: string;
  port: string;
  open: boolean;
  /** Sign in as the demo tenant's first agent on a new folder. */
  demo: boolean;
  secrets: string;
  /** Told of the process at once, so that it can be stopped whatever happens next. */
  keep(child: ChildProcess): void;
}

/** Starts main with the chosen shell and answers once the desk can be opened. */
export async function startDesk(start: DeskStart): Promise<{ address: string }> {
  const { electron, dataDir, serverUrl, port, open, demo, secrets } = start;
  const program = join(root, start.program);
  const entry = electron ? [program] : [program, "--shell=localhost"];
  const options = ["--data", dataDir, "--server", serverUrl, "--port", port, "--secrets", secrets];
  const child = spawn(
    electron ?? process.execPath,
    [...entry, ...options, open ? "--open" : "--no-open", demo ? "--demo" : "--no-demo"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      // Ctrl-C goes to this tool, which stops its children in order.
      detached: true,
    },
  );
  start.keep(child);
  const address = await waitForLine(child, /^desk (.+)$/mu, 60_000, "The desk");
  return { address };
}
