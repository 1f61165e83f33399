import { createFakeElectron } from "./index.ts";

/** The `electron` module of a process of its own, which ends as Electron's does and says what its windows show. */
const { api } = createFakeElectron(new Map());
export const {
  app,
  BrowserWindow,
  globalShortcut,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} = api;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => app.quit());
app.on("quit", () => process.exit(0));
app.on("web-contents-created", (_, contents) =>
  contents.on("did-finish-load", () => process.stderr.write(`a window shows ${contents.getURL()}\n`)),
);
