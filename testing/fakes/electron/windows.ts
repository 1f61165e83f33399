import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import type { MessagePort } from "node:worker_threads";
import type { Pipe } from "../../../shared/rpc/pipe.ts";
import type { FakePort } from "./ports.ts";
import type { openSession } from "./session.ts";

export interface Surroundings {
  windows: FakeWindow[];
  app: EventEmitter;
  ipcMain: EventEmitter;
  session: ReturnType<typeof openSession>;
}
interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}
type WindowOptions = Partial<Bounds> & { webPreferences: { preload: string } & Record<string, unknown> };

export class FakeWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents: FakeContents;
  focused = 0;
  #bounds: Bounds;
  readonly #around: Surroundings;
  #state = { maximized: false, minimized: false, destroyed: false, visible: false };

  constructor(options: WindowOptions, around: Surroundings) {
    super();
    this.options = options;
    this.#around = around;
    this.#bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.webContents = new FakeContents(options.webPreferences.preload, around);
    around.windows.push(this);
    around.app.emit("web-contents-created", {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    await this.webContents.load(url);
    this.emit("ready-to-show");
  }
  getNormalBounds = (): Bounds => this.#bounds;
  isMaximized = (): boolean => this.#state.maximized;
  isMinimized = (): boolean => this.#state.minimized;
  isDestroyed = (): boolean => this.#state.destroyed;
  isVisible = (): boolean => this.#state.visible;
  maximize(): void {
    this.#state.maximized = true;
  }
  minimize(): void {
    this.#state.minimized = true;
  }
  restore(): void {
    this.#state.minimized = false;
  }
  show(): void {
    this.#state.visible = true;
  }
  /** Without taking the focus. */
  showInactive(): void {
    this.#state.visible = true;
  }
  focus(): void {
    this.focused += 1;
    this.emit("focus");
  }
  /** A person drags the window somewhere. */
  moveTo(bounds: Bounds): void {
    this.moveByPage(bounds);
    this.emit("moved");
  }
  /** Its page moves it. */
  moveByPage(bounds: Bounds): void {
    this.#bounds = bounds;
    this.emit("move");
  }
  close(): void {
    if (this.#state.destroyed) return;
    this.emit("close", { preventDefault() {} });
    this.destroy();
  }
  /** Whether clicks go to what lies below. */
  letsThrough = false;
  setIgnoreMouseEvents(on: boolean): void {
    this.letsThrough = on;
  }
  everywhere = false;
  setVisibleOnAllWorkspaces(on: boolean): void {
    this.everywhere = on;
  }
  destroy(): void {
    if (this.#state.destroyed) return;
    this.#state.destroyed = true;
    this.webContents.unload();
    this.webContents.emit("destroyed");
    const { app, windows } = this.#around;
    windows.splice(windows.indexOf(this), 1);
    this.emit("closed");
    if (windows.length === 0) app.emit("window-all-closed");
  }
}

/** The page of a window: the real preload runs in a context of its own at every load. */
class FakeContents extends EventEmitter {
  readonly #preload: string;
  readonly #around: Surroundings;
  #url = "about:blank";
  #page: { ipc: EventEmitter; ports: MessagePort[]; exposed: Record<string, unknown> } | null = null;
  #onOpen: (details: { url: string }) => { action: string } = () => ({ action: "allow" });
  mainFrame = { url: "about:blank" };

  constructor(preload: string, around: Surroundings) {
    super();
    this.#preload = preload;
    this.#around = around;
  }
  /** What the page finds as `window.ringside`. */
  get ringside(): Pipe | undefined {
    return this.#page?.exposed["ringside"] as Pipe | undefined;
  }
  getURL(): string {
    return this.#url;
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#onOpen = handler;
  }
  postMessage(channel: string, message: unknown, transferred: FakePort[] = []): void {
    const ports = transferred.map(({ raw }) => raw);
    this.#page?.ports.push(...ports);
    this.#page?.ipc.emit(channel, { ports }, message);
  }
  async load(url: string): Promise<void> {
    this.unload();
    const response = await this.#around.session.load(url);
    if (!response.ok) throw new Error(`ERR_FAILED ${response.status} ${url}`);
    this.#url = url;
    this.mainFrame = { url };
    this.#runPreload();
    this.emit("did-finish-load");
  }
  reload(): void {
    void this.load(this.#url);
  }
  /** A link or script of the page leads elsewhere; answers whether it got there. */
  navigate(url: string): boolean {
    let prevented = false;
    this.emit("will-navigate", { preventDefault: () => (prevented = true), url });
    return !prevented;
  }
  /** `window.open` in the page; answers whether a window opened. */
  openWindow(url: string): boolean {
    return this.#onOpen({ url }).action === "allow";
  }
  /** The page's process dies. */
  crash(): void {
    this.unload();
    this.emit("render-process-gone", {}, { reason: "crashed", exitCode: 1 });
  }
  /** The frame `frameUrl` of this window says something to main, as any page could. */
  say(channel: string, frameUrl: string): void {
    this.#around.ipcMain.emit(channel, { sender: this, senderFrame: { url: frameUrl } });
  }
  unload(): void {
    for (const port of this.#page?.ports ?? []) port.close();
    this.#page = null;
  }

  #runPreload(): void {
    const page = { ipc: new EventEmitter(), ports: [], exposed: {} as Record<string, unknown> };
    this.#page = page;
    const send = (channel: string) =>
      this.#around.ipcMain.emit(channel, { sender: this, senderFrame: this.mainFrame });
    const electron = {
      contextBridge: {
        exposeInMainWorld: (name: string, value: unknown) => void (page.exposed[name] = value),
      },
      ipcRenderer: Object.assign(page.ipc, { send }),
    };
    // A sandboxed preload may require electron and little else.
    const require = (name: string) => {
      if (name !== "electron") throw new Error(`module not found: ${name}`);
      return electron;
    };
    runInNewContext(readFileSync(this.#preload, "utf8"), { require });
  }
}
