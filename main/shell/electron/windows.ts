import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents, WebPreferences } from "electron";
import type { ElectronApi } from "./api.ts";
import type { WindowState } from "./window-state.ts";

export interface DeskWindows {
  open(path: string): void;
  /** Brings the desk's last window to the front, or opens one. */
  focusOrOpen(): void;
  reload(): void;
  closeAll(): void;
  onLastClosed(listener: () => void): void;
  /** Whether these contents are those of a window that was opened here. */
  has(contents: WebContents): boolean;
}

/** A page that crashes at once would crash for ever: it gets a moment, and the replica does not notice. */
const reloadAfterMs = 1_000;

export function openDeskWindows(
  electron: ElectronApi,
  { preload, origin, state }: { preload: string; origin: string; state: WindowState },
): DeskWindows {
  const windows: BrowserWindow[] = [];
  let tellLastClosed = () => {};
  return {
    open,
    focusOrOpen() {
      const last = windows.at(-1);
      if (!last) return open("/");
      if (last.isMinimized()) last.restore();
      last.show();
      last.focus();
    },
    reload: () => windows.forEach((window) => window.webContents.reload()),
    closeAll: () => windows.slice().forEach((window) => window.destroy()),
    onLastClosed: (listener) => void (tellLastClosed = listener),
    has: (contents) => windows.some((window) => window.webContents === contents),
  };

  function open(path: string): void {
    const displays = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
    const { bounds, maximized } = state.place(displays);
    const isFirst = windows.length === 0;
    const dark = electron.nativeTheme.shouldUseDarkColors;
    // Further windows are placed by the system, or they would hide the first.
    const window = new electron.BrowserWindow({
      ...looks(dark),
      ...(isFirst ? bounds : {}),
      webPreferences: limits(preload),
    });
    windows.push(window);
    if (isFirst && maximized) window.maximize();
    followWindow(window);
    void window.loadURL(origin + path);
  }

  function followWindow(window: BrowserWindow): void {
    const remember = () => state.remember(window.getNormalBounds(), window.isMaximized());
    window.once("ready-to-show", () => window.show());
    window.on("focus", () => toFront(window));
    window.on("resized", remember);
    window.on("moved", remember);
    window.on("close", () => {
      remember();
      state.flush();
    });
    window.on("closed", () => {
      windows.splice(windows.indexOf(window), 1);
      if (windows.length === 0) tellLastClosed();
    });
    reloadWhenCrashed(window);
  }

  function toFront(window: BrowserWindow): void {
    windows.splice(windows.indexOf(window), 1);
    windows.push(window);
  }
}

/** Loads the page of a window again whose process has died. */
export function reloadWhenCrashed(window: BrowserWindow): void {
  window.webContents.on("render-process-gone", (_, { reason }) => {
    if (reason === "clean-exit") return;
    setTimeout(() => {
      if (!window.isDestroyed()) window.webContents.reload();
    }, reloadAfterMs);
  });
}

/** The backgrounds of the page (tokens.css), so that nothing flashes before it has drawn. */
function looks(dark: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: dark ? "#121211" : "#f6f5f2",
    title: "Ringside",
    autoHideMenuBar: true,
  };
}

/** Electron's defaults, said aloud, because everything rests on them. */
export function limits(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // macOS checks spelling by itself; elsewhere Chromium would fetch dictionaries from its maker.
    spellcheck: process.platform === "darwin",
  };
}
