import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connectClient } from "../../../shared/rpc/client.ts";
import type { Machine } from "../../fakes/electron/index.ts";
import { echoContract } from "./echo-contract.ts";
import { startFakeElectronDesk } from "./electron-desk.ts";
import type { FakeElectronDesk } from "./electron-desk.ts";

const ours = "app://ringside/leads";

describe("the Electron shell", () => {
  let folder: string;
  let machine: Machine;
  let desk: FakeElectronDesk;
  const start = async () => {
    const started = await startFakeElectronDesk(join(folder, "data"), join(folder, "page"), machine);
    if (!started) throw new Error("no desk");
    desk = started;
    await desk.openWindow();
  };
  const firstWindow = () => {
    const [window] = desk.electron.windows;
    if (!window) throw new Error("no window");
    return window;
  };

  beforeEach(async () => {
    machine = new Map();
    folder = mkdtempSync(join(tmpdir(), "ringside-electron-"));
    for (const name of ["data", "page"]) mkdirSync(join(folder, name));
    writeFileSync(join(folder, "page", "index.html"), "<title>the page</title>");
    await start();
  });
  afterEach(async () => {
    await desk.quit();
    rmSync(folder, { recursive: true, force: true });
  });

  test("opens windows in a sandbox, apart from Node", () => {
    expect(firstWindow().options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  test("exposes one pipe to the page and nothing else", () => {
    expect(Object.keys(firstWindow().webContents.ringside ?? {}).sort()).toEqual(["request", "subscribe"]);
  });

  test("lets our page have the microphone and notifications", async () => {
    const { session } = desk.electron;
    expect(await session.askPermission(ours, "media", { mediaTypes: ["audio"] })).toBe(true);
    expect(await session.askPermission(ours, "notifications")).toBe(true);
    expect(session.checkPermission("app://ringside/", "media", "audio")).toBe(true);
  });

  test.each([
    ["the camera", ours, "media", { mediaTypes: ["video"] }],
    ["camera and microphone", ours, "media", { mediaTypes: ["audio", "video"] }],
    ["the screen", ours, "display-capture", {}],
    ["media of no kind", ours, "media", {}],
    ["its place", ours, "geolocation", {}],
    ["the clipboard's content", ours, "clipboard-read", {}],
    ["the microphone for a frame", ours, "media", { mediaTypes: ["audio"], isMainFrame: false }],
    ["the microphone for another site", "https://evil.example/", "media", { mediaTypes: ["audio"] }],
    [
      "the microphone for a name that begins like ours",
      "app://ringside.evil.example/",
      "media",
      { mediaTypes: ["audio"] },
    ],
    ["notifications for another site", "https://evil.example/", "notifications", {}],
  ])("refuses %s", async (_, url, permission, details) => {
    expect(await desk.electron.session.askPermission(url, permission, details)).toBe(false);
  });

  test("refuses devices, and checks that come from elsewhere", () => {
    const { session } = desk.electron;
    expect(session.checkDevice()).toBe(false);
    expect(session.checkPermission("https://evil.example", "notifications")).toBe(false);
    expect(session.checkPermission("app://ringside/", "media", "video")).toBe(false);
  });

  test("keeps its page where it is; links lead outside after a look at them", async () => {
    const { webContents } = firstWindow();
    expect(webContents.navigate("https://evil.example/")).toBe(false);
    expect(webContents.openWindow("https://example.com/help")).toBe(false);
    expect(webContents.openWindow("file:///etc/passwd")).toBe(false);
    await vi.waitFor(() => expect(desk.electron.openedOutside).toEqual(["https://example.com/help"]));
  });

  test("gives a port only to the main frame of our page in a window of its own", async () => {
    const { webContents } = firstWindow();
    const sent = vi.spyOn(webContents, "postMessage");
    webContents.say("ringside:hello", "https://evil.example/");
    webContents.say("ringside:hello", ours);
    expect(sent).not.toHaveBeenCalled();
  });

  test("serves nothing but its own host of its scheme", async () => {
    expect((await desk.electron.session.load("app://other/index.html")).status).toBe(404);
  });

  test("gives a page that is loaded again a new port, and the old one's watches end", async () => {
    const window = firstWindow();
    const before = connectClient(window.webContents.ringside ?? fail());
    before.watch(echoContract.ticks, null, () => {});
    await vi.waitFor(async () =>
      expect(await before.call(echoContract.load, null)).toMatchObject({ value: { watches: 1 } }),
    );
    window.webContents.reload();
    const [reloaded] = await vi.waitFor(() => desk.windows());
    const after = await vi.waitFor(() => connectClient(reloaded?.pipe ?? fail()));
    await vi.waitFor(async () => {
      expect(await after.call(echoContract.load, null)).toMatchObject({ value: { windows: 1, watches: 0 } });
    });
  });

  test("loads a page again whose process has died", async () => {
    firstWindow().webContents.crash();
    expect(firstWindow().webContents.ringside).toBeUndefined();
    await vi.waitFor(() => expect(firstWindow().webContents.ringside).toBeDefined(), { timeout: 5_000 });
  });

  test("brings the desk to the front when it is started again", async () => {
    const window = firstWindow();
    window.minimize();
    const before = window.focused;
    expect(await desk.startAgain()).toBe(false);
    expect([window.isMinimized(), window.focused, desk.electron.windows.length]).toEqual([
      false,
      before + 1,
      1,
    ]);
  });

  test("tells the replica which notification was clicked, and comes forward", async () => {
    const client = connectClient(firstWindow().webContents.ringside ?? fail());
    const notify = (title: string) =>
      client.call(echoContract.host, { service: "notify", input: { tag: "task-1", title, body: "" } });
    await notify("first");
    await notify("second");
    const [first, second] = desk.electron.notifications;
    expect([first?.shown, second?.shown]).toEqual([false, true]);
    second?.emit("click");
    await vi.waitFor(async () => {
      expect(await client.call(echoContract.describe, null)).toMatchObject({
        value: { clicked: ["task-1"] },
      });
    });
  });

  test("puts the window back where it stood, unless that display is gone", async () => {
    firstWindow().moveTo({ x: 100, y: 80, width: 1200, height: 800 });
    await desk.quit();
    await start();
    expect(firstWindow().getNormalBounds()).toEqual({ x: 100, y: 80, width: 1200, height: 800 });
    firstWindow().moveTo({ x: 5_000, y: 80, width: 1200, height: 800 });
    await desk.quit();
    await start();
    expect(firstWindow().getNormalBounds()).toMatchObject({ x: 0, y: 0 });
  });

  test("keeps the theme for the next start", async () => {
    const client = connectClient(firstWindow().webContents.ringside ?? fail());
    await client.call(echoContract.host, { service: "setTheme", input: { theme: "dark" } });
    expect(desk.electron.api.nativeTheme.themeSource).toBe("dark");
    await desk.quit();
    await start();
    expect(desk.electron.api.nativeTheme.themeSource).toBe("dark");
  });

  test("ends when its last window is closed", async () => {
    firstWindow().close();
    await vi.waitFor(() => expect(desk.electron.hasQuit()).toBe(true), { timeout: 10_000 });
  });
});

function fail(): never {
  throw new Error("the page has no pipe");
}
