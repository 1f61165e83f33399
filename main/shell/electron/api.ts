import type * as Electron from "electron";

/** The parts of Electron that the shell uses; handed in, so that a stand-in can take their place. */
export type ElectronApi = Pick<
  typeof Electron,
  | "app"
  | "BrowserWindow"
  | "globalShortcut"
  | "ipcMain"
  | "Menu"
  | "MessageChannelMain"
  | "nativeTheme"
  | "Notification"
  | "powerMonitor"
  | "protocol"
  | "screen"
  | "session"
  | "shell"
  | "Tray"
  | "utilityProcess"
>;

export const pageScheme = "app";
/** Where the page lives in Electron: an origin of its own, which `file:` would not have. */
export const pageOrigin = `${pageScheme}://ringside`;
