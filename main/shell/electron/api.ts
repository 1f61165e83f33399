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
/** Where built pages live: an origin of their own, which `file:` would not have. */
export const builtOrigin = `${pageScheme}://ringside`;

/** The windows' pages, and nobody else's. */
export interface OwnPages {
  origin: string;
  isOurs(url: string): boolean;
}

/** Compared as origins: `app://ringside.evil.example` begins with ours as well. */
export function ownPages(origin: string): OwnPages {
  return {
    origin,
    isOurs(url) {
      const parsed = URL.parse(url);
      return parsed !== null && `${parsed.protocol}//${parsed.host}` === origin;
    },
  };
}
