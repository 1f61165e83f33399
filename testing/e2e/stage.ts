import { cp } from "node:fs/promises";
import { test as base } from "@playwright/test";
import { openStage, type Stage, type StageDesk } from "../processes/stage.ts";
import { closeWindows } from "./close-windows.ts";

type Fixtures = {
  stage: Stage;
  sharedStage: Stage;
  isFirstStart: boolean;
  serverSettings: Readonly<Record<string, string>>;
  windowsGo: void;
};

type Shared = { workerStage: Stage; sharedDesk: StageDesk };

/** A real server with the demo tenant and real desks in browsers, each test on folders of its own. */
export const test = base.extend<Fixtures, Shared>({
  // The server then makes the demo tenant that users get, ten times as large.
  isFirstStart: [false, { option: true }],
  serverSettings: [{}, { option: true }],
  windowsGo: [
    async ({ browser }, use) => {
      await use();
      await closeWindows(browser);
    },
    { auto: true },
  ],
  stage: async ({ isFirstStart, serverSettings }, use) => {
    await useStage(isFirstStart ? async () => {} : copyDemo, use, serverSettings);
  },
  // For tests that change nothing there, or only what no other one looks at: to start a server takes seconds.
  sharedStage: async ({ workerStage }, use) => {
    const desks: StageDesk[] = [];
    const openDesk: Stage["openDesk"] = async (options) => {
      const desk = await workerStage.openDesk(options);
      desks.push(desk);
      return desk;
    };
    await use({ ...workerStage, openDesk });
    for (const desk of desks) await desk.close();
  },
  // oxlint-disable-next-line no-empty-pattern
  workerStage: [async ({}, use) => useStage(copyDemo, use), { scope: "worker" }],
  // Ana's, with the server of such tests: each opens it in a browser of its own.
  sharedDesk: [async ({ workerStage }, use) => use(await workerStage.openDesk()), { scope: "worker" }],
});
export { expect } from "@playwright/test";

async function useStage(
  makeFolder: (folder: string) => Promise<void>,
  use: (stage: Stage) => Promise<void>,
  serverSettings: Fixtures["serverSettings"] = {},
): Promise<void> {
  const stage = await openStage(makeFolder, serverSettings);
  try {
    await use(stage);
  } finally {
    await stage.close();
  }
}

/** The demo tenant as make-demo.ts has made it for all. */
async function copyDemo(folder: string): Promise<void> {
  const made = process.env["RINGSIDE_DEMO"];
  if (!made) throw new Error("the demo tenant was not made: run these tests through playwright.config.ts");
  await cp(made, folder, { recursive: true });
}
