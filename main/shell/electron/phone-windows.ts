import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from "electron";
import type { WindowKind } from "../shell.ts";
import type { ElectronApi } from "./api.ts";
import { limits, reloadWhenCrashed } from "./windows.ts";

type PhoneWindowKind = Exclude<WindowKind, "desk" | "overlay">;

export interface PhoneWindows {
  open(kind: PhoneWindowKind): void;
  has(contents: WebContents): boolean;
  closeAll(): void;
}

const paths: Readonly<Record<PhoneWindowKind, string>> = {
  phone: "/phone.html",
  "mini-phone": "/mini-phone",
};

/**
 * The window that owns the line, which nobody sees, and the small one that stays on top. One of each: a second line
 * would ring twice.
 */
export function openPhoneWindows(
  electron: ElectronApi,
  { preload, origin }: { preload: string; origin: string },
): PhoneWindows {
  const windows = new Map<PhoneWindowKind, BrowserWindow>();
  return {
    open(kind) {
      const known = windows.get(kind);
      if (known) return void (kind === "mini-phone" && known.showInactive());
      const window = new electron.BrowserWindow(kind === "phone" ? hidden(preload) : onTop(preload));
      windows.set(kind, window);
      window.on("closed", () => windows.delete(kind));
      reloadWhenCrashed(window);
      // Whoever is talking, or typing, goes on doing so.
      if (kind === "mini-phone") window.once("ready-to-show", () => window.showInactive());
      void window.loadURL(origin + paths[kind]);
    },
    has: (contents) => [...windows.values()].some((window) => window.webContents === contents),
    closeAll: () => [...windows.values()].forEach((window) => window.destroy()),
  };
}

/** Never slowed down: a frozen phone does not ring. It plays its ring without waiting for a click that never comes. */
function hidden(preload: string): BrowserWindowConstructorOptions {
  return {
    show: false,
    width: 380,
    height: 260,
    skipTaskbar: true,
    title: "Phone · Ringside",
    webPreferences: {
      ...limits(preload),
      backgroundThrottling: false,
      autoplayPolicy: "no-user-gesture-required",
    },
  };
}

function onTop(preload: string): BrowserWindowConstructorOptions {
  return {
    show: false,
    width: 360,
    height: 72,
    frame: false,
    resizable: false,
    maximizable: false,
    fullscreenable: false,
    alwaysOnTop: true,
    skipTaskbar: true,
    title: "Phone · Ringside",
    webPreferences: limits(preload),
  };
}
