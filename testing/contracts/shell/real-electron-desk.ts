import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { _electron } from "@playwright/test";
import type { ElectronApplication, Page as BrowserPage } from "@playwright/test";
import { build } from "vite";
import type { Pipe, PipeSignal } from "../../../shared/rpc/pipe.ts";
import { findElectron } from "../../../tools/electron.ts";
import { buildPreload } from "./build-preload.ts";
import type { DeskWindow, RunningDesk, ShellUnderTest } from "./shell-contract.ts";

const binary = findElectron();

/** The Electron shell in a real Electron, driven from outside. */
export const realElectronUnderTest: ShellUnderTest = {
  name: "Electron (the real one)",
  missing: binary ? null : "Electron's binary is not installed (npx install-electron fetches it)",
  start: (dataDir, pageDir) => startRealElectron(dataDir, pageDir),
};

async function startRealElectron(dataDir: string, pageDir: string): Promise<RunningDesk> {
  const entry = await (entryBuilt ??= buildEntry());
  const launch = () =>
    _electron.launch({ executablePath: binary ?? "", args: [entry, "--no-sandbox", dataDir, pageDir] });
  const app = await launch();
  let ended = false;
  app.once("close", () => (ended = true));
  return {
    opensPhone: true,
    notifications: (await app.evaluate(({ Notification }) => Notification.isSupported()))
      ? "shown"
      : "unsupported",
    windows: () => Promise.all(app.windows().map(asDeskWindow)),
    openWindow: async () => asDeskWindow(await openAnother(app)),
    fetchPage: (path) =>
      app.evaluate(async ({ net }, url) => {
        const response = await net.fetch(url);
        return {
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: await response.text(),
        };
      }, `app://ringside${path}`),
    openedOutside: () =>
      app.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside),
    ended: async () => ended,
    async quit() {
      if (!ended) await app.close();
    },
    async startAgain() {
      // Playwright cannot attach to a program that ends at once: that it ended is the answer.
      const second = await launch().catch(() => null);
      await second?.close();
      return second !== null;
    },
  };
}

let entryBuilt: Promise<string> | null = null;

async function buildEntry(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), "ringside-real-electron-"));
  const input = {
    index: join(import.meta.dirname, "real-electron-main.ts"),
    replica: join(import.meta.dirname, "echo-replica.ts"),
  };
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true, external: ["electron", "@napi-rs/keyring"] },
    build: {
      ssr: true,
      outDir,
      rolldownOptions: { input, output: { format: "es", entryFileNames: "[name].js" } },
    },
  });
  await buildPreload(join(outDir, "preload.cjs"));
  return join(outDir, "index.js");
}

/** As a person opens one: through the page's own request for a window. */
async function openAnother(app: ElectronApplication): Promise<BrowserPage> {
  const first = app.windows()[0] ?? (await app.firstWindow());
  const opened = app.waitForEvent("window");
  const pipe = await pipeOf(first);
  const input = { service: "openWindow", input: { path: "/" } };
  pipe.request({ t: "call", id: Date.now(), name: "test.host", input });
  return opened;
}

async function asDeskWindow(page: BrowserPage): Promise<DeskWindow> {
  return {
    pipe: await pipeOf(page),
    path: async () => page.url().slice("app://ringside".length),
    close: () => page.close(),
  };
}

const pipes = new WeakMap<BrowserPage, Promise<Pipe>>();

function pipeOf(page: BrowserPage): Promise<Pipe> {
  const known = pipes.get(page) ?? bridgePipe(page);
  pipes.set(page, known);
  return known;
}

/** The page's `window.ringside`, reached from here. */
async function bridgePipe(page: BrowserPage): Promise<Pipe> {
  const listeners = new Set<(signal: PipeSignal) => void>();
  let up = false;
  await page.waitForLoadState();
  await page.exposeFunction("tellTest", (signal: PipeSignal) => {
    if (signal.t === "up" || signal.t === "down") up = signal.t === "up";
    for (const listener of listeners) listener(signal);
  });
  await page.evaluate(() => {
    const { ringside, tellTest } = window as unknown as {
      ringside: Pipe;
      tellTest(signal: PipeSignal): void;
    };
    ringside.subscribe((signal) => tellTest(signal));
  });
  return {
    request: (frame) =>
      void page.evaluate((sent) => (window as unknown as { ringside: Pipe }).ringside.request(sent), frame),
    subscribe(listener) {
      listeners.add(listener);
      if (up) listener({ t: "up" });
      return () => void listeners.delete(listener);
    },
  };
}
