import { join } from "node:path";
import { checkExternalUrl } from "../external-urls.ts";
import type { Shell } from "../shell.ts";
import type { ElectronApi } from "./api.ts";
import { allowNothingElse, guardContents } from "./guards.ts";
import { openNotifier } from "./notifier.ts";
import { declarePageScheme, servePageScheme } from "./page-scheme.ts";
import { openReplicaWiring } from "./replica-wiring.ts";
import { openWindowState } from "./window-state.ts";
import { openDeskWindows } from "./windows.ts";

export interface ElectronShellOptions {
  dataDir: string;
  pageDir: string;
  preload: string;
  replicaEntry: string;
}

/** The desk in windows of its own. Call it before Electron is ready: some of it cannot be said later. */
export function openElectronShell(electron: ElectronApi, options: ElectronShellOptions): Shell {
  const { app, nativeTheme } = electron;
  const { dataDir, pageDir, preload, replicaEntry } = options;
  // Electron's own files lie with the desk's, so that its instance lock is one for each folder.
  app.setPath("userData", join(dataDir, "electron"));
  app.enableSandbox();
  declarePageScheme(electron);
  const state = openWindowState(join(dataDir, "windows.json"));
  const windows = openDeskWindows(electron, { preload, state });
  const wiring = openReplicaWiring(electron, { replicaEntry, windows });
  const notifier = openNotifier(electron, () => windows.focusOrOpen());
  const openExternal = async (text: string) => {
    const url = checkExternalUrl(text);
    return (
      url !== null &&
      electron.shell.openExternal(url).then(
        () => true,
        () => false,
      )
    );
  };
  let closed = false;

  return {
    name: "electron",
    async claimInstance() {
      if (!app.requestSingleInstanceLock()) return false;
      app.on("second-instance", () => windows.focusOrOpen());
      app.on("activate", () => windows.focusOrOpen());
      app.on("web-contents-created", (_, contents) => guardContents(contents, openExternal));
      await app.whenReady();
      allowNothingElse(electron);
      servePageScheme(electron, pageDir);
      nativeTheme.themeSource = state.theme();
      if (process.platform !== "darwin") electron.Menu.setApplicationMenu(null);
      return true;
    },
    spawnReplica: wiring.spawnReplica,
    async openWindow(_kind, path) {
      if (path === undefined) windows.focusOrOpen();
      else windows.open(path);
    },
    reloadWindows: windows.reload,
    notify: notifier.notify,
    onNotificationClick: notifier.onClick,
    openExternal,
    setTheme(theme) {
      nativeTheme.themeSource = theme;
      state.setTheme(theme);
    },
    address: () => null,
    onQuit(listener) {
      app.on("before-quit", (event) => {
        if (closed) return;
        // The replica is put down first; `close` ends the program afterwards.
        event.preventDefault();
        listener();
      });
      app.on("window-all-closed", () => {
        if (process.platform !== "darwin" && !closed) listener();
      });
    },
    async close() {
      closed = true;
      state.flush();
      windows.closeAll();
      app.quit();
    },
  };
}
