import type { ChildProcess } from "node:child_process";
import { stopChild } from "../../tools/processes.ts";
import { startDemoServer } from "../../tools/start-server.ts";

/** The sync-server as its users run it, on its embedded database. */
export type RunningServer = { url: string; process: ChildProcess; close(): Promise<void> };

export type ServerOptions = {
  /** One that holds a demo tenant: `makeServerFolder`, or a copy of what `npm start` makes. */
  dataDir: string;
  /** A desk belongs to its server's address: say the same port again after a restart. */
  port: number;
  /** Beside what stands in the environment. */
  settings?: Readonly<Record<string, string>>;
  /** Told of the process at once, so that it can be stopped, or killed, before it answers. */
  keep?: (child: ChildProcess) => void;
};

/** @throws when it ends before it answers */
export async function openServer({ dataDir, port, settings, keep }: ServerOptions): Promise<RunningServer> {
  let started: ChildProcess | null = null;
  const { url } = await startDemoServer({
    dataDir,
    port: String(port),
    ...(settings ? { settings } : {}),
    keep(child) {
      started = child;
      keep?.(child);
    },
  });
  const child = started as ChildProcess | null;
  if (!child) throw new Error("no server was started");
  return { url, process: child, close: () => stopChild(child) };
}
