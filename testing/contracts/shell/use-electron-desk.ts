import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { connectClient } from "../../../shared/rpc/client.ts";
import type { Machine } from "../../fakes/electron/index.ts";
import { echoContract } from "./echo-contract.ts";
import { startFakeElectronDesk, type FakeElectronDesk } from "./electron-desk.ts";

/** A desk on the stand-in for Electron for each test, with one window and a page that only says it is there. */
export function useElectronDesk() {
  let folder: string;
  let machine: Machine;
  let desk: FakeElectronDesk;
  const start = async () => {
    const started = await startFakeElectronDesk(join(folder, "data"), { dir: join(folder, "page") }, machine);
    if (!started) throw new Error("no desk");
    desk = started;
    await desk.openWindow();
  };
  const firstWindow = () => {
    const [window] = desk.electron.windows;
    if (!window) throw new Error("no window");
    return window;
  };

  beforeEach(async () => {
    machine = new Map();
    folder = mkdtempSync(join(tmpdir(), "ringside-electron-"));
    for (const name of ["data", "page"]) mkdirSync(join(folder, name));
    for (const page of ["index.html", "phone.html", "overlay.html"])
      writeFileSync(join(folder, "page", page), "<head><title>the page</title></head>");
    await start();
  });
  afterEach(async () => {
    await desk.quit();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (service: string, input: unknown) =>
    connectClient(firstWindow().webContents.ringside ?? noPipe()).call(echoContract.host, {
      service,
      input: input as never,
    });
  const heard = async () => {
    const told = await connectClient(firstWindow().webContents.ringside ?? noPipe()).call(
      echoContract.describe,
      null,
    );
    return told.ok ? told.value.heard : [];
  };

  return {
    get desk() {
      return desk;
    },
    get folder() {
      return folder;
    },
    start,
    firstWindow,
    ask,
    heard,
  };
}

/** What lies in the tray of somebody who is available and in no call. */
export const idleTray = {
  presence: "available",
  reason: "",
  breakReasons: [],
  calling: null,
  ringing: null,
  controls: [],
};

export function noPipe(): never {
  throw new Error("the page has no pipe");
}
