import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { faultOfHotkey, hotkeyOf, usualHotkeys } from "../../../shared/calls/hotkey.ts";
import { connectClient } from "../../../shared/rpc/client.ts";
import { openOverlayWindow } from "../../../main/shell/electron/overlay-window.ts";
import { openWindowState } from "../../../main/shell/electron/window-state.ts";
import { waitFor } from "../../wait-for.ts";
import { echoContract } from "./echo-contract.ts";
import { startFakeElectronDesk } from "./electron-desk.ts";
import { noPipe, useElectronDesk } from "./use-electron-desk.ts";

const origin = "app://ringside";
const ours = `${origin}/leads`;

describe("the Electron shell", () => {
  const stage = useElectronDesk();
  const { start, firstWindow, ask, heard } = stage;

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
    const { session } = stage.desk.electron;
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
    expect(await stage.desk.electron.session.askPermission(url, permission, details)).toBe(false);
  });

  const headset = { deviceId: "headset", collections: [{ usagePage: 0x0c }, { usagePage: 0x0b }] };
  const keyboard = { deviceId: "keyboard", collections: [{ usagePage: 0x01 }] };

  test("lends our page what has buttons for calls, and never a keyboard", async () => {
    const { session } = stage.desk.electron;
    expect(await session.chooseHid(ours, [keyboard, headset])).toBe("headset");
    expect(await session.chooseHid(ours, [keyboard])).toBe("");
    expect(await session.chooseHid("https://evil.example/", [headset])).toBe("");
    expect(session.checkPermission("app://ringside/", "hid")).toBe(true);
    const check = (origin: string, device: object, deviceType = "hid") =>
      session.checkDevice({ deviceType, origin, device });
    expect(check("app://ringside", headset)).toBe(true);
    expect(check("app://ringside", keyboard)).toBe(false);
    expect(check("app://ringside.evil.example", headset)).toBe(false);
    expect(check("app://ringside", headset, "usb")).toBe(false);
  });

  test("refuses other devices, and checks that come from elsewhere", () => {
    const { session } = stage.desk.electron;
    const serial = { deviceType: "serial", origin: "app://ringside", device: { portId: "1" } };
    expect(session.checkDevice(serial)).toBe(false);
    expect(session.checkPermission("https://evil.example", "hid")).toBe(false);
    expect(session.checkPermission("https://evil.example", "notifications")).toBe(false);
    expect(session.checkPermission("app://ringside/", "media", "video")).toBe(false);
  });

  test("keeps its page where it is; links lead outside after a look at them", async () => {
    const { webContents } = firstWindow();
    expect(webContents.navigate("https://evil.example/")).toBe(false);
    expect(webContents.openWindow("https://example.com/help")).toBe(false);
    expect(webContents.openWindow("file:///etc/passwd")).toBe(false);
    await waitFor(() => expect(stage.desk.electron.openedOutside).toEqual(["https://example.com/help"]));
  });

  test("lets its page load itself again, as its own buttons do", () => {
    const { webContents } = firstWindow();
    expect(webContents.navigate(webContents.getURL())).toBe(true);
    expect(webContents.navigate(`${origin}/phone.html`)).toBe(false);
  });

  test("trusts a server that somebody works on in place of its own pages, and only where it is built for that", async () => {
    const server = createServer((_, response) => response.end("<title>in work</title>"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const devOrigin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { session } = stage.desk.electron;
    expect(session.checkPermission(devOrigin, "notifications")).toBe(false);

    const dataDir = join(stage.folder, "dev-data");
    mkdirSync(dataDir);
    const dev = await startFakeElectronDesk(dataDir, { origin: devOrigin }, new Map());
    const window = await dev?.openWindow();
    expect(dev?.electron.windows[0]?.webContents.getURL()).toBe(`${devOrigin}/`);
    const told = await connectClient(window?.pipe ?? noPipe()).call(echoContract.describe, null);
    expect(told.ok).toBe(true);
    const checked = [devOrigin, origin, "http://127.0.0.1:9", devOrigin.replace("http:", "https:")].map(
      (from) => dev?.electron.session.checkPermission(from, "notifications"),
    );
    expect(checked).toEqual([true, false, false, false]);
    expect(
      await dev?.electron.session.askPermission(`${devOrigin}/`, "media", { mediaTypes: ["video"] }),
    ).toBe(false);
    await dev?.quit();
    server.close();
  });

  test("gives a port only to the main frame of our page in a window of its own", async () => {
    const { webContents } = firstWindow();
    const sent = vi.spyOn(webContents, "postMessage");
    webContents.say("ringside:hello", "https://evil.example/");
    webContents.say("ringside:hello", ours);
    expect(sent).not.toHaveBeenCalled();
  });

  test("serves nothing but its own host of its scheme", async () => {
    expect((await stage.desk.electron.session.load("app://other/index.html")).status).toBe(404);
  });

  test("gives a page that is loaded again a new port, and the old one's watches end", async () => {
    const window = firstWindow();
    const before = connectClient(window.webContents.ringside ?? noPipe());
    before.watch(echoContract.ticks, null, () => {});
    await waitFor(async () =>
      expect(await before.call(echoContract.load, null)).toMatchObject({ value: { watches: 1 } }),
    );
    window.webContents.reload();
    const [reloaded] = await waitFor(() => stage.desk.windows());
    const after = await waitFor(() => connectClient(reloaded?.pipe ?? noPipe()));
    await waitFor(async () => {
      expect(await after.call(echoContract.load, null)).toMatchObject({ value: { windows: 1, watches: 0 } });
    });
  });

  test("loads a page again whose process has died", async () => {
    firstWindow().webContents.crash();
    expect(firstWindow().webContents.ringside).toBeUndefined();
    await waitFor(() => expect(firstWindow().webContents.ringside).toBeDefined());
  });

  test("brings the desk to the front when it is started again", async () => {
    const window = firstWindow();
    window.minimize();
    const before = window.focused;
    expect(await stage.desk.startAgain()).toBe(false);
    expect([window.isMinimized(), window.focused, stage.desk.electron.windows.length]).toEqual([
      false,
      before + 1,
      1,
    ]);
  });

  test("tells the replica which notification was clicked, and comes forward", async () => {
    const client = connectClient(firstWindow().webContents.ringside ?? noPipe());
    const notify = (title: string) =>
      client.call(echoContract.host, { service: "notify", input: { tag: "task-1", title, body: "" } });
    await notify("first");
    await notify("second");
    const [first, second] = stage.desk.electron.notifications;
    expect([first?.shown, second?.shown]).toEqual([false, true]);
    second?.emit("click");
    await waitFor(async () => {
      expect(await client.call(echoContract.describe, null)).toMatchObject({
        value: { clicked: ["task-1"] },
      });
    });
  });

  test("shows who rings until that is taken back, without a sound of its own, and answers from there", async () => {
    const rings = { tag: "call.1", title: "Call: Anna Kowalska", body: "", rings: true };
    expect(await ask("notify", rings)).toEqual({ ok: true, value: "shown" });
    const [shown] = stage.desk.electron.notifications;
    expect(shown?.options).toMatchObject({
      silent: true,
      timeoutType: "never",
      actions: [{ text: "Answer" }],
    });
    const before = firstWindow().focused;
    shown?.emit("action", { actionIndex: 0 });
    await waitFor(async () => expect(await heard()).toEqual(["key answer of call.1"]));
    expect(firstWindow().focused).toBe(before + 1);
    await ask("takeBack", { tag: "call.1" });
    expect(shown?.shown).toBe(false);
    await ask("notify", { tag: "task-1", title: "Call Maria", body: "" });
    expect(stage.desk.electron.notifications.at(-1)?.options).not.toHaveProperty("actions");
  });

  test("puts the window back where it stood, unless that display is gone", async () => {
    firstWindow().moveTo({ x: 100, y: 80, width: 1200, height: 800 });
    await stage.desk.quit();
    await start();
    expect(firstWindow().getNormalBounds()).toEqual({ x: 100, y: 80, width: 1200, height: 800 });
    firstWindow().moveTo({ x: 5_000, y: 80, width: 1200, height: 800 });
    await stage.desk.quit();
    await start();
    expect(firstWindow().getNormalBounds()).toMatchObject({ x: 0, y: 0 });
  });

  test("keeps the theme for the next start", async () => {
    const client = connectClient(firstWindow().webContents.ringside ?? noPipe());
    await client.call(echoContract.host, { service: "setTheme", input: { theme: "dark" } });
    expect(stage.desk.electron.api.nativeTheme.themeSource).toBe("dark");
    await stage.desk.quit();
    await start();
    expect(stage.desk.electron.api.nativeTheme.themeSource).toBe("dark");
  });

  test("pain: a background that freezes: the phone's window is hidden and never slowed down", async () => {
    await ask("openPhone", { window: "phone" });
    const phone = stage.desk.electron.windows.at(-1);
    expect(phone?.isVisible()).toBe(false);
    expect(phone?.options).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        backgroundThrottling: false,
        autoplayPolicy: "no-user-gesture-required",
      },
    });
    await waitFor(() => expect(phone?.webContents.ringside).toBeDefined());
    phone?.webContents.crash();
    await waitFor(() => expect(phone?.webContents.ringside).toBeDefined());
  });

  test("shows the mini phone above all others without taking the focus", async () => {
    await ask("openPhone", { window: "mini-phone" });
    const mini = stage.desk.electron.windows.at(-1);
    await waitFor(() => expect(mini?.isVisible()).toBe(true));
    expect([mini?.focused, mini?.options]).toMatchObject([0, { alwaysOnTop: true, frame: false }]);
  });

  test("shows the overlay above all others and on every workspace, never with the focus, where it was left", async () => {
    await ask("openOverlay", {});
    const overlay = () => stage.desk.electron.windows.at(-1);
    await waitFor(() => expect(overlay()?.isVisible()).toBe(true));
    expect([overlay()?.focused, overlay()?.everywhere, overlay()?.options]).toMatchObject([
      0,
      true,
      { alwaysOnTop: true, focusable: false, frame: false, transparent: true, skipTaskbar: true, x: 1560 },
    ]);
    overlay()?.moveByPage({ x: 200, y: 90, width: 352, height: 300 });
    overlay()?.close();
    await ask("openOverlay", {});
    expect(overlay()?.getNormalBounds()).toMatchObject({ x: 200, y: 90 });
  });

  test.each(["darwin", "win32"] as const)(
    "on %s lets clicks through the overlay but where its page says",
    (platform) => {
      const state = openWindowState(join(stage.folder, "windows.json"));
      const preload = String(firstWindow().options.webPreferences.preload);
      const overlay = openOverlayWindow(stage.desk.electron.api, { preload, origin, state, platform });
      overlay.show();
      const window = stage.desk.electron.windows.at(-1);
      const seen = [window?.letsThrough];
      for (const on of [true, false]) {
        overlay.catchClicks(on);
        seen.push(window?.letsThrough);
      }
      expect(seen).toEqual([true, false, true]);
    },
  );

  test("takes hotkeys that work everywhere, and tells which it could not have", async () => {
    const { shortcuts } = stage.desk.electron;
    shortcuts.taken.add("Ctrl+Alt+M");
    const hotkeys = { answer: "Ctrl+Alt+A", "hang-up": "not a key!", mute: "Ctrl+Alt+M" };
    expect(await ask("setHotkeys", hotkeys)).toEqual({ ok: true, value: ["hang-up", "mute"] });
    expect(shortcuts.press("Ctrl+Alt+A")).toBe(true);
    await waitFor(async () => expect(await heard()).toEqual(["key answer"]));
    await ask("setHotkeys", { ...hotkeys, answer: null });
    expect(shortcuts.press("Ctrl+Alt+A")).toBe(false);
  });

  test("takes the hotkeys that one begins with, and those that the settings read from what is pressed", async () => {
    const held = { ctrlKey: true, metaKey: false, altKey: false, shiftKey: true };
    const chosen = hotkeyOf({ key: "PageUp", code: "PageUp", ...held }, false) ?? "";
    expect(faultOfHotkey(chosen)).toBeNull();
    expect(await ask("setHotkeys", usualHotkeys)).toEqual({ ok: true, value: [] });
    expect(await ask("setHotkeys", { ...usualHotkeys, mute: chosen })).toEqual({ ok: true, value: [] });
    const { shortcuts } = stage.desk.electron;
    expect([chosen, usualHotkeys.mute].map((keys) => shortcuts.press(String(keys)))).toEqual([true, false]);
    await waitFor(async () => expect(await heard()).toEqual(["key mute"]));
  });

  test("hands over the number of a tel: link, however the system gives it", async () => {
    const { app } = stage.desk.electron.api;
    expect((app as unknown as { protocols: string[] }).protocols).toEqual(["tel"]);
    app.emit("second-instance", {}, ["ringside", "--flag", "tel:+1-415-555-0100;ext=7"], "", undefined);
    app.emit("open-url", { preventDefault() {} }, "tel:(020)%207946%200000");
    app.emit("open-url", { preventDefault() {} }, "tel:javascript:alert(1)");
    app.emit("open-url", { preventDefault() {} }, "https://example.com/");
    await waitFor(async () => expect(await heard()).toEqual(["dial +14155550100", "dial 02079460000"]));
  });

  test("tells when the machine falls asleep and wakes up", async () => {
    stage.desk.electron.power.emit("suspend");
    stage.desk.electron.power.emit("resume");
    await waitFor(async () => expect(await heard()).toEqual(["power suspend", "power resume"]));
  });

  test("ends when its last window is closed", async () => {
    firstWindow().close();
    await waitFor(() => expect(stage.desk.electron.hasQuit()).toBe(true));
  });
});
