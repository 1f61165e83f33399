import type { ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { stopChild } from "../../tools/processes.ts";
import { startDesk as startDeskProcess } from "../../tools/start-desk.ts";
import { findFreePort, startDemoServer } from "../../tools/start-server.ts";

export interface StageDesk {
  /** Opens in any browser, signed in as the demo's first agent. */
  address: string;
  dataDir: string;
  /** main; the replica is its child. */
  process: ChildProcess;
  stop(): Promise<void>;
}

export interface StageDeskOptions {
  dataDir?: string;
  /** False = nobody is signed in on a new folder. */
  demo?: boolean;
  /** Something that stands before the stage's server. */
  serverUrl?: string;
}

export interface Stage {
  serverUrl: string;
  /** The network goes: nobody answers at the server's address any more. */
  stopServer(): Promise<void>;
  /** The server comes back, at the same address with the same data. */
  startServer(): Promise<void>;
  /** A desk of its own folder, or one that was there before. */
  startDesk(options?: StageDeskOptions): Promise<StageDesk>;
}

/** A real server with the demo tenant and real desks in browsers, each test on folders of its own. */
export const test = base.extend<{ stage: Stage }>({
  // Playwright reads what a fixture needs from its first parameter.
  // oxlint-disable-next-line no-empty-pattern
  stage: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), "ringside-stage-"));
    const children: ChildProcess[] = [];
    try {
      await use(await openStage(folder, children));
    } finally {
      for (const child of children.toReversed()) await stopChild(child);
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
export { expect } from "@playwright/test";

async function openStage(folder: string, children: ChildProcess[]): Promise<Stage> {
  const template = process.env["RINGSIDE_DEMO_TEMPLATE"];
  if (!template)
    throw new Error("the demo tenant was not made: run these tests through playwright.config.ts");
  cpSync(template, folder, { recursive: true });
  const port = String(await findFreePort());
  const keep = (child: ChildProcess) => void children.push(child);
  let server: ChildProcess | null = null;
  const startServer = () =>
    startDemoServer({
      dataDir: folder,
      port,
      keep: (child) => {
        server = child;
        keep(child);
      },
    });
  const { url } = await startServer();
  let desks = 0;

  return {
    serverUrl: url,
    startServer: async () => void (await startServer()),
    async stopServer() {
      if (server) await stopChild(server);
    },
    async startDesk({
      dataDir = join(folder, `desk-${(desks += 1)}`),
      demo = true,
      serverUrl = url,
    }: StageDeskOptions = {}) {
      let started: ChildProcess | null = null;
      const { address } = await startDeskProcess({
        electron: null,
        dataDir,
        serverUrl,
        port: "0",
        open: false,
        demo,
        secrets: "file",
        keep: (child) => {
          started = child;
          keep(child);
        },
      });
      const main = started as ChildProcess | null;
      if (!main) throw new Error("no desk was started");
      return { address, dataDir, process: main, stop: () => stopChild(main) };
    },
  };
}
