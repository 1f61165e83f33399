import type { NotificationConstructorOptions } from "electron";
import { EventEmitter } from "node:events";
import { MessageChannel } from "node:worker_threads";
import type { ElectronApi } from "../../../main/shell/electron/api.ts";
import { forkUtility } from "./utility-process.ts";
import { wrapPort } from "./ports.ts";
import { openSession } from "./session.ts";
import { createShortcuts, defineTray, type FakeTray } from "./desktop.ts";
import { FakeWindow } from "./windows.ts";

/** What programs on one machine share: here, who holds which instance lock. */
export type Machine = Map<string, EventEmitter>;

export interface FakeElectron {
  /** For the shell under test. */
  api: ElectronApi;
  windows: FakeWindow[];
  session: ReturnType<typeof openSession>;
  openedOutside: string[];
  notifications: FakeNotification[];
  shortcuts: ReturnType<typeof createShortcuts>;
  trays: FakeTray[];
  power: EventEmitter;
  hasQuit(): boolean;
}

export interface FakeNotification extends EventEmitter {
  options: NotificationConstructorOptions;
  shown: boolean;
}

/**
 * A small stand-in for the `electron` module: the parts that main/shell/electron uses, with the order of events,
 * the refusals and the processes of the real one. It refuses what the real one refuses, such as declaring a
 * scheme too late.
 */
export function createFakeElectron(machine: Machine): FakeElectron {
  const opened: string[] = [];
  const notifications: FakeNotification[] = [];
  const windows: FakeWindow[] = [];
  const ipcMain = new EventEmitter();
  const power = new EventEmitter();
  const shortcuts = createShortcuts();
  const trays: FakeTray[] = [];
  const app = createApp(machine, () => windows.slice().forEach((window) => window.close()));
  const session = openSession();
  const around = { app, ipcMain, session, windows };

  const api = {
    app,
    BrowserWindow: class extends FakeWindow {
      constructor(options: ConstructorParameters<typeof FakeWindow>[0]) {
        super(options, around);
      }
    },
    globalShortcut: shortcuts,
    ipcMain,
    Menu: { setApplicationMenu() {}, buildFromTemplate: (template: unknown) => template },
    MessageChannelMain: class {
      readonly port1: unknown;
      readonly port2: unknown;
      constructor() {
        const { port1, port2 } = new MessageChannel();
        [this.port1, this.port2] = [wrapPort(port1), wrapPort(port2)];
      }
    },
    nativeTheme: { themeSource: "system", shouldUseDarkColors: false },
    Notification: defineNotification(notifications),
    powerMonitor: power,
    protocol: {
      registerSchemesAsPrivileged(schemes: { scheme: string }[]) {
        if (app.isReady())
          throw new Error("protocol.registerSchemesAsPrivileged should be called before app is ready");
        for (const { scheme } of schemes) session.privileged.add(scheme);
      },
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    session: { defaultSession: session },
    shell: { openExternal: async (url: string) => void opened.push(url) },
    Tray: defineTray(trays),
    utilityProcess: { fork: forkUtility },
  };
  return {
    api: api as unknown as ElectronApi,
    windows,
    session,
    openedOutside: opened,
    notifications,
    shortcuts,
    trays,
    power,
    hasQuit: () => app.hasQuit,
  };
}

function createApp(machine: Machine, closeWindows: () => void) {
  let ready = false;
  const paths = new Map([["userData", "/nowhere"]]);
  const lockName = () => paths.get("userData") ?? "";
  return Object.assign(new EventEmitter(), {
    hasQuit: false,
    isReady: () => ready,
    async whenReady() {
      await new Promise((resolve) => setImmediate(resolve));
      ready = true;
    },
    enableSandbox() {
      if (ready) throw new Error("app.enableSandbox() can only be called before app is ready");
    },
    /** Which schemes lead here. */
    protocols: [] as string[],
    setAsDefaultProtocolClient(this: { protocols: string[] }, scheme: string): boolean {
      this.protocols.push(scheme);
      return true;
    },
    setPath: (name: string, path: string) => void paths.set(name, path),
    getPath: (name: string) => paths.get(name),
    requestSingleInstanceLock(this: EventEmitter): boolean {
      const holder = machine.get(lockName());
      if (holder && holder !== this) {
        holder.emit("second-instance", {}, [], "", undefined);
        return false;
      }
      machine.set(lockName(), this);
      return true;
    },
    /** As documented: before-quit may prevent it; then windows close, will-quit and quit follow. */
    quit(this: EventEmitter & { hasQuit: boolean }): void {
      let prevented = false;
      this.emit("before-quit", { preventDefault: () => (prevented = true) });
      if (prevented || this.hasQuit) return;
      closeWindows();
      this.hasQuit = true;
      machine.delete(lockName());
      this.emit("will-quit", { preventDefault() {} });
      this.emit("quit", {}, 0);
    },
  });
}

function defineNotification(all: FakeNotification[]) {
  return class extends EventEmitter {
    static isSupported(): boolean {
      return true;
    }
    shown = false;
    readonly options: NotificationConstructorOptions;
    constructor(options: NotificationConstructorOptions) {
      super();
      this.options = options;
      all.push(this);
    }
    show(): void {
      this.shown = true;
    }
    close(): void {
      this.shown = false;
      this.emit("close");
    }
  };
}
