import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSecrets } from "../../../main/host/secrets/secrets.ts";
import { runDesk } from "../../../main/run-desk.ts";
import { openElectronShell, type ElectronShellOptions } from "../../../main/shell/electron/electron-shell.ts";
import type { Shell } from "../../../main/shell/shell.ts";
import { createFakeElectron } from "../../fakes/electron/index.ts";
import type { FakeElectron, Machine } from "../../fakes/electron/index.ts";
import type { FakeWindow } from "../../fakes/electron/windows.ts";
import { buildPreload } from "./build-preload.ts";
import { echoReplica, testSettings } from "./localhost-desk.ts";
import type { DeskWindow, RunningDesk, ShellUnderTest } from "./shell-contract.ts";

export interface FakeElectronDesk extends RunningDesk {
  electron: FakeElectron;
  shell: Shell;
}

/** The Electron shell on the stand-in for the `electron` module. */
export const fakeElectronUnderTest: ShellUnderTest = {
  name: "Electron (on a stand-in)",
  missing: null,
  async start(dataDir, pageDir) {
    const desk = await startFakeElectronDesk(dataDir, { dir: pageDir }, new Map());
    if (!desk) throw new Error("a desk runs on this folder already");
    return desk;
  },
};

/** Null when another desk has the folder. */
export async function startFakeElectronDesk(
  dataDir: string,
  pages: ElectronShellOptions["pages"],
  machine: Machine,
): Promise<FakeElectronDesk | null> {
  const electron = createFakeElectron(machine);
  const preload = await (preloadBuilt ??= buildPreload(
    join(mkdtempSync(join(tmpdir(), "ringside-preload-")), "index.cjs"),
  ));
  const options = { dataDir, pages, icon: "icon.png", preload, replicaEntry: echoReplica };
  const shell = openElectronShell(electron.api, options);
  if (!(await shell.claimInstance())) return null;
  const replica = runDesk(
    shell,
    await openSecrets({ dataDir, place: "file" }),
    testSettings(dataDir),
    () => {},
  );
  return {
    electron,
    shell,
    notifications: "shown",
    opensPhone: true,
    windows: async () => electron.windows.map(asDeskWindow),
    async openWindow() {
      await shell.openWindow("desk", "/");
      const window = electron.windows.at(-1);
      if (!window) throw new Error("no window opened");
      return asDeskWindow(await loaded(window));
    },
    async fetchPage(path) {
      const response = await electron.session.load(`app://ringside${path}`);
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      };
    },
    openedOutside: async () => electron.openedOutside,
    ended: async () => electron.hasQuit(),
    async quit() {
      electron.api.app.quit();
      await replica.stop();
      // `close` follows once the replica is gone.
      while (!electron.hasQuit()) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    startAgain: async () => (await startFakeElectronDesk(dataDir, pages, machine)) !== null,
  };
}

let preloadBuilt: Promise<string> | null = null;

function asDeskWindow(window: FakeWindow): DeskWindow {
  return {
    get pipe() {
      const { ringside } = window.webContents;
      if (!ringside) throw new Error("the page has no pipe");
      return ringside;
    },
    async path() {
      await loaded(window);
      return window.webContents.getURL().slice("app://ringside".length);
    },
    close: async () => window.close(),
  };
}

/** Resolves when the page of a window stands. */
async function loaded(window: FakeWindow): Promise<FakeWindow> {
  while (!window.webContents.ringside) await new Promise((resolve) => setTimeout(resolve, 5));
  return window;
}
