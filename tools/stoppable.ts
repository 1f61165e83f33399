import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { chooseElectron } from "./choose-shell.ts";
import { root } from "./processes.ts";

// What `npm start` and `npm run dev` have in common: how they are told what to start, how they begin, and how they end.

export const startOptions = {
  shell: { type: "string" },
  open: { type: "boolean", default: true },
  data: { type: "string", default: join(root, "data") },
  "server-port": { type: "string" },
  secrets: { type: "string", default: "keychain" },
} as const;

/**
 * Where the data lie, and which shell shows them.
 * @param command as the person typed it
 */
export function prepareStart(
  { data, shell }: { data: string; shell?: string | undefined },
  command: Parameters<typeof chooseElectron>[1],
): { dataDir: string; electron: string | null } {
  const dataDir = resolve(data);
  mkdirSync(dataDir, { recursive: true });
  return { dataDir, electron: chooseElectron(shell, command) };
}

export interface Stoppable {
  /** Runs the start to its end, or says why it failed and stops all that it had begun. */
  begin(start: () => Promise<void>): Promise<void>;
  isStopping(): boolean;
  /** Stops everything, once, and ends this process. */
  stop(exitCode: number): Promise<void>;
}

/** @param stopAll whatever was started by then; called once, by the first signal or by `stop` */
export function createStoppable(stopAll: () => Promise<void>): Stoppable {
  let stopping: Promise<void> | null = null;
  const stop = (exitCode: number) => (stopping ??= stopAll().then(() => process.exit(exitCode)));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
  return {
    stop,
    isStopping: () => stopping !== null,
    async begin(start) {
      try {
        await start();
      } catch (error) {
        if (!stopping) console.error(error instanceof Error ? error.message : error);
        await stop(1);
      }
    },
  };
}
