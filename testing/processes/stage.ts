import type { ChildProcess } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopChild } from "../../tools/processes.ts";
import { findFreePort } from "../../tools/start-server.ts";
import { pullAll, signInDevice } from "./bare-device.ts";
import { openDesk, type RunningDesk } from "./desk.ts";
import { openServer, type RunningServer } from "./server.ts";

/** A real server and real desks, on folders of their own. */
export type Stage = {
  folder: string;
  serverUrl: string;
  /** The network goes: nobody answers at the server's address any more. */
  stopServer(): Promise<void>;
  /** The server comes back, at the same address with the same data. */
  startServer(): Promise<void>;
  openDesk(options?: StageDeskOptions): Promise<StageDesk>;
  /** The folders of the one person who works on a desk. */
  foldersOf(name: string): Promise<{ root: string; database: string; journal: string }>;
  /** Names and titles of all leads, as the server has them. */
  readLeads(): Promise<Map<string, { name: string; title: string; rev: number }>>;
  /** Stops whatever runs, and removes the folders. */
  close(): Promise<void>;
};

export type StageDesk = RunningDesk & { name: string };

export type StageDeskOptions = {
  /** Of its folder: the same name opens the same folder again. */
  name?: string;
  /** Where a desk looks for the server, when not at the server itself. */
  serverUrl?: string;
  /** False = nobody is signed in on a new folder. */
  demo?: boolean;
};

/**
 * @param makeFolder puts into a new folder what the server begins with
 * @param settings of the server, beside what stands in the environment
 */
export async function openStage(
  makeFolder: (folder: string) => Promise<void>,
  settings: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "ringside-stage-"));
  const port = await findFreePort();
  const serverUrl = `http://127.0.0.1:${port}`;
  const children: ChildProcess[] = [];
  const keep = (child: ChildProcess) => void children.push(child);
  let server: RunningServer | null = null;
  let desks = 0;

  const stage: Stage = {
    folder,
    serverUrl,
    async startServer() {
      server = await openServer({ dataDir: folder, port, settings, keep });
    },
    async stopServer() {
      await server?.close();
    },
    async openDesk(options = {}) {
      const { name = `desk-${(desks += 1)}` } = options;
      const desk = await openDesk({ serverUrl, ...options, dataDir: join(folder, name), keep });
      return { ...desk, name };
    },
    async foldersOf(name) {
      const [key = ""] = await readdir(join(folder, name, "replicas"));
      const root = join(folder, name, "replicas", key);
      return { root, database: join(root, "database"), journal: join(root, "journal") };
    },
    async readLeads() {
      const device = await signInDevice(serverUrl, `reader-${performance.now()}`.replace(".", "-"));
      const leads = await pullAll(serverUrl, device, "leads");
      return new Map(leads.map((lead) => [lead.id, lead as never]));
    },
    async close() {
      // Desks before the server, so that their last edits still find it.
      for (const child of children.toReversed()) await stopChild(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await makeFolder(folder);
    await stage.startServer();
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}
