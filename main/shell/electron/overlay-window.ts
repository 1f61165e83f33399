import type { BrowserWindow, BrowserWindowConstructorOptions, WebContents } from "electron";
import type { ElectronApi } from "./api.ts";
import type { WindowState } from "./window-state.ts";
import { limits, reloadWhenCrashed } from "./windows.ts";

export interface OverlayWindow {
  /** Opens it, or brings the one that is open above all others. The page closes it when its call is over. */
  show(): void;
  /** Until the page says so, clicks go to what lies below. */
  catchClicks(on: boolean): void;
  has(contents: WebContents): boolean;
  close(): void;
}

/** The panel is 320 wide; its shadow needs room around it. Its page makes it as high as what it shows. */
const size = { width: 352, height: 420 };
const fromEdge = 8;

/**
 * Glass above all others, on every workspace: seen while another program has the keyboard, and never in its way.
 * @param ports.platform as Node names it
 */
export function openOverlayWindow(
  electron: ElectronApi,
  ports: { preload: string; origin: string; state: WindowState; platform: NodeJS.Platform },
): OverlayWindow {
  const { preload, origin, state } = ports;
  // Electron cannot tell a page on Linux where the pointer is while clicks go through it: there it takes them all.
  const canLetThrough = ports.platform !== "linux";
  let window: BrowserWindow | null = null;

  function open(): BrowserWindow {
    const opened = new electron.BrowserWindow({ ...glass, ...place(), webPreferences: limits(preload) });
    opened.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: true });
    letThrough(opened, true);
    opened.once("ready-to-show", () => opened.showInactive());
    // Its page moves it: "moved" tells of drags by the system alone, and on Linux of none.
    opened.on("move", () => state.rememberOverlay(opened.getNormalBounds()));
    opened.on("closed", () => (window = null));
    reloadWhenCrashed(opened);
    void opened.loadURL(`${origin}/overlay.html`);
    return opened;
  }

  function letThrough(opened: BrowserWindow, on: boolean): void {
    if (canLetThrough) opened.setIgnoreMouseEvents(on, { forward: true });
  }

  /** Where it was left, else at the upper right of the first display. */
  function place(): { x: number; y: number } {
    const displays = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
    const [{ x, y, width } = { x: 0, y: 0, width: size.width }] = displays;
    return state.overlayPlace(size, displays) ?? { x: x + width - size.width - fromEdge, y: y + fromEdge };
  }

  return {
    show() {
      if (window) window.showInactive();
      else window = open();
    },
    catchClicks(on) {
      if (window) letThrough(window, !on);
    },
    has: (contents) => window?.webContents === contents,
    close: () => window?.destroy(),
  };
}

const glass: BrowserWindowConstructorOptions = {
  ...size,
  show: false,
  focusable: false,
  frame: false,
  transparent: true,
  hasShadow: false,
  resizable: false,
  minimizable: false,
  maximizable: false,
  fullscreenable: false,
  alwaysOnTop: true,
  skipTaskbar: true,
  title: "Coach · Ringside",
};
