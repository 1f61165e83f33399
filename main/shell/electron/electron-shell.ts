import { join } from "node:path";
import type { WebContents } from "electron";
import { checkExternalUrl } from "../external-urls.ts";
import type { Shell } from "../shell.ts";
import { builtOrigin, ownPages } from "./api.ts";
import type { ElectronApi } from "./api.ts";
import { allowNothingElse, guardContents } from "./guards.ts";
import { openHotkeys } from "./hotkeys.ts";
import { openNotifier } from "./notifier.ts";
import { declarePageScheme, servePageScheme } from "./page-scheme.ts";
import { openOverlayWindow } from "./overlay-window.ts";
import { openPhoneWindows } from "./phone-windows.ts";
import { openReplicaWiring } from "./replica-wiring.ts";
import { openTelephoneLinks } from "./telephone-links.ts";
import { openTray } from "./tray.ts";
import { openWindowState } from "./window-state.ts";
import { openDeskWindows } from "./windows.ts";

export interface ElectronShellOptions {
  dataDir: string;
  /** Those that were built, in a folder; or those of a server that somebody works on, trusted as if they were ours. */
  pages: { dir: string } | { origin: string };
  /** A picture for the tray. */
  icon: string;
  preload: string;
  replicaEntry: string;
}

/** The desk in windows of its own. Call it before Electron is ready: some of it cannot be said later. */
export function openElectronShell(electron: ElectronApi, options: ElectronShellOptions): Shell {
  const { app, nativeTheme } = electron;
  const { dataDir, preload, replicaEntry } = options;
  const pageDir = "dir" in options.pages ? options.pages.dir : null;
  const pages = ownPages("origin" in options.pages ? options.pages.origin : builtOrigin);
  const { origin } = pages;
  // Electron's own files lie with the desk's, so that its instance lock is one for each folder.
  app.setPath("userData", join(dataDir, "electron"));
  app.enableSandbox();
  if (pageDir !== null) declarePageScheme(electron);
  const state = openWindowState(join(dataDir, "windows.json"));
  const windows = openDeskWindows(electron, { preload, origin, state });
  const phoneWindows = openPhoneWindows(electron, { preload, origin });
  const overlay = openOverlayWindow(electron, { preload, origin, state, platform: process.platform });
  const isOwn = (contents: WebContents) =>
    [windows, phoneWindows, overlay].some((ours) => ours.has(contents));
  const wiring = openReplicaWiring(electron, { replicaEntry, pages, isOwn });
  const keys = openHotkeys(electron);
  const tray = openTray(electron, { icon: options.icon, showDesk: () => windows.focusOrOpen() });
  const links = openTelephoneLinks(electron, () => windows.focusOrOpen());
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
      app.on("second-instance", (_, argv) => {
        windows.focusOrOpen();
        links.take(argv);
      });
      app.on("activate", () => windows.focusOrOpen());
      app.on("web-contents-created", (_, contents) => guardContents(contents, openExternal));
      await app.whenReady();
      allowNothingElse(electron, pages);
      if (pageDir !== null) servePageScheme(electron, pages, pageDir);
      nativeTheme.themeSource = state.theme();
      if (process.platform !== "darwin") electron.Menu.setApplicationMenu(null);
      return true;
    },
    spawnReplica: wiring.spawnReplica,
    async openWindow(kind, path) {
      if (kind === "overlay") overlay.show();
      else if (kind !== "desk") phoneWindows.open(kind);
      else if (path === undefined) windows.focusOrOpen();
      else windows.open(path);
      return true;
    },
    catchClicks: overlay.catchClicks,
    setHotkeys: keys.set,
    onKey(listener) {
      keys.onPress((key) => listener(key, null));
      tray.onKey((key) => listener(key, null));
      notifier.onKey(listener);
    },
    setTray: tray.set,
    onPresence: tray.onPresence,
    onDial: links.onDial,
    onPower(listener) {
      electron.powerMonitor.on("suspend", () => listener("suspend"));
      electron.powerMonitor.on("resume", () => listener("resume"));
    },
    reloadWindows: windows.reload,
    notify: notifier.notify,
    takeBack: notifier.takeBack,
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
      // The phone's window is always there: the desk is what a person closes. Not in a call: the tray has it then.
      windows.onLastClosed(() => {
        if (process.platform !== "darwin" && !closed && !tray.isCalling()) listener();
      });
    },
    async close() {
      closed = true;
      state.flush();
      keys.close();
      tray.close();
      phoneWindows.closeAll();
      overlay.close();
      windows.closeAll();
      app.quit();
    },
  };
}
