import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { faultOfHotkey, hotkeyOf, usualHotkeys } from "../../../shared/calls/hotkey.ts";
import { connectClient } from "../../../shared/rpc/client.ts";
import { openOverlayWindow } from "../../../main/shell/electron/overlay-window.ts";
import { openWindowState } from "../../../main/shell/electron/window-state.ts";
import type { Machine } from "../../fakes/electron/index.ts";
import { waitFor } from "../../wait-for.ts";
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
    for (const page of ["index.html", "phone.html", "overlay.html"])
      writeFileSync(join(folder, "page", page), "<head><title>the page</title></head>");
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

  const headset = { deviceId: "headset", collections: [{ usagePage: 0x0c }, { usagePage: 0x0b }] };
  const keyboard = { deviceId: "keyboard", collections: [{ usagePage: 0x01 }] };

  test("lends our page what has buttons for calls, and never a keyboard", async () => {
    const { session } = desk.electron;
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
    const { session } = desk.electron;
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
    await waitFor(() => expect(desk.electron.openedOutside).toEqual(["https://example.com/help"]));
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
    await waitFor(async () =>
      expect(await before.call(echoContract.load, null)).toMatchObject({ value: { watches: 1 } }),
    );
    window.webContents.reload();
    const [reloaded] = await waitFor(() => desk.windows());
    const after = await waitFor(() => connectClient(reloaded?.pipe ?? fail()));
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
    await waitFor(async () => {
      expect(await client.call(echoContract.describe, null)).toMatchObject({
        value: { clicked: ["task-1"] },
      });
    });
  });

  test("shows who rings until that is taken back, without a sound of its own, and answers from there", async () => {
    const rings = { tag: "call.1", title: "Call: Anna Kowalska", body: "", rings: true };
    expect(await ask("notify", rings)).toEqual({ ok: true, value: "shown" });
    const [shown] = desk.electron.notifications;
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
    expect(desk.electron.notifications.at(-1)?.options).not.toHaveProperty("actions");
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

  const ask = (service: string, input: unknown) =>
    connectClient(firstWindow().webContents.ringside ?? fail()).call(echoContract.host, {
      service,
      input: input as never,
    });
  const heard = async () => {
    const told = await connectClient(firstWindow().webContents.ringside ?? fail()).call(
      echoContract.describe,
      null,
    );
    return told.ok ? told.value.heard : [];
  };

  test("pain: a background that freezes: the phone's window is hidden and never slowed down", async () => {
    await ask("openPhone", { window: "phone" });
    const phone = desk.electron.windows.at(-1);
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
    const mini = desk.electron.windows.at(-1);
    await waitFor(() => expect(mini?.isVisible()).toBe(true));
    expect([mini?.focused, mini?.options]).toMatchObject([0, { alwaysOnTop: true, frame: false }]);
  });

  test("shows the overlay above all others and on every workspace, never with the focus, where it was left", async () => {
    await ask("openOverlay", {});
    const overlay = () => desk.electron.windows.at(-1);
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
      const state = openWindowState(join(folder, "windows.json"));
      const preload = String(firstWindow().options.webPreferences.preload);
      const overlay = openOverlayWindow(desk.electron.api, { preload, state, platform });
      overlay.show();
      const window = desk.electron.windows.at(-1);
      const seen = [window?.letsThrough];
      for (const on of [true, false]) {
        overlay.catchClicks(on);
        seen.push(window?.letsThrough);
      }
      expect(seen).toEqual([true, false, true]);
    },
  );

  test("takes hotkeys that work everywhere, and tells which it could not have", async () => {
    const { shortcuts } = desk.electron;
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
    const { shortcuts } = desk.electron;
    expect([chosen, usualHotkeys.mute].map((keys) => shortcuts.press(String(keys)))).toEqual([true, false]);
    await waitFor(async () => expect(await heard()).toEqual(["key mute"]));
  });

  test("tells in the tray who is there and who is on the line, and lets presence be chosen there", async () => {
    await ask("setTray", { ...tray, presence: "busy", calling: "Maria" });
    await ask("setTray", tray);
    const [shown, another] = desk.electron.trays;
    expect([shown?.tip, another]).toEqual(["Ringside: Available", undefined]);
    expect(shown?.menu.find(({ checked }) => checked)?.label).toBe("Available");
    shown?.menu.find(({ label }) => label === "On a break")?.click?.();
    await waitFor(async () => expect(await heard()).toEqual(["presence break"]));
  });

  test("offers in the tray what can be done with a call, and nothing of it without one", async () => {
    const offered = () => {
      const items = desk.electron.trays[0]?.menu ?? [];
      return items.slice(
        0,
        items.findIndex(({ label }) => label === "Available"),
      );
    };
    const words = () => offered().map(({ label, type }) => label ?? type);
    const choose = (word: string) =>
      offered()
        .find(({ label }) => label === word)
        ?.click?.();

    const rings = { key: "answer", does: "answer" };
    await ask("setTray", {
      ...tray,
      ringing: "Maria",
      controls: [rings, { key: "hang-up", does: "decline" }],
    });
    expect(words()).toEqual(["Maria is calling", "Answer", "Decline", "separator"]);
    expect(desk.electron.trays[0]?.tip).toBe("Ringside: Maria is calling");
    choose("Answer");
    const talks = (mute: string) => [{ key: "mute", does: mute }, { key: "hang-up", does: "hang-up" }]; // prettier-ignore
    await ask("setTray", { ...tray, calling: "Maria", controls: talks("mute") });
    expect(words()).toEqual(["In a call with Maria", "Mute", "Hang up", "separator"]);
    choose("Mute");
    await ask("setTray", { ...tray, calling: "Maria", controls: talks("unmute") });
    choose("Unmute");
    choose("Hang up");
    await waitFor(async () => expect(await heard()).toEqual(["key answer", "key mute", "key mute", "key hang-up"])); // prettier-ignore
    await ask("setTray", tray);
    expect(words()).toEqual([]);
  });

  test("offers the tenant's reasons for a break in the tray, and says which one holds", async () => {
    const breakReasons = [
      { key: "lunch", label: "Lunch" },
      { key: "training", label: "Training" },
    ];
    await ask("setTray", { ...tray, breakReasons });
    const [shown] = desk.electron.trays;
    const offered = () => shown?.menu.find(({ submenu }) => submenu);
    expect([offered()?.label, offered()?.submenu?.map(({ label }) => label)]).toEqual([
      "On a break",
      ["No reason", "Lunch", "Training"],
    ]);
    offered()?.submenu?.[1]?.click?.();
    await waitFor(async () => expect(await heard()).toEqual(["presence break lunch"]));
    await ask("setTray", { ...tray, presence: "break", reason: "lunch", breakReasons });
    expect([shown?.tip, offered()?.label]).toEqual(["Ringside: On a break: Lunch", "On a break: Lunch"]);
    expect(
      offered()
        ?.submenu?.filter(({ checked }) => checked)
        .map(({ label }) => label),
    ).toEqual(["Lunch"]);
  });

  test("hands over the number of a tel: link, however the system gives it", async () => {
    const { app } = desk.electron.api;
    expect((app as unknown as { protocols: string[] }).protocols).toEqual(["tel"]);
    app.emit("second-instance", {}, ["ringside", "--flag", "tel:+1-415-555-0100;ext=7"], "", undefined);
    app.emit("open-url", { preventDefault() {} }, "tel:(020)%207946%200000");
    app.emit("open-url", { preventDefault() {} }, "tel:javascript:alert(1)");
    app.emit("open-url", { preventDefault() {} }, "https://example.com/");
    await waitFor(async () => expect(await heard()).toEqual(["dial +14155550100", "dial 02079460000"]));
  });

  test("tells when the machine falls asleep and wakes up", async () => {
    desk.electron.power.emit("suspend");
    desk.electron.power.emit("resume");
    await waitFor(async () => expect(await heard()).toEqual(["power suspend", "power resume"]));
  });

  test("a desk that is closed in a call leaves the call to the tray", async () => {
    await ask("openPhone", { window: "phone" });
    await ask("setTray", { ...tray, presence: "busy", calling: "Maria" });
    firstWindow().close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(desk.electron.hasQuit()).toBe(false);
    expect(desk.electron.trays[0]?.tip).toBe("Ringside: in a call with Maria");
  });

  test("ends when its last window is closed", async () => {
    firstWindow().close();
    await waitFor(() => expect(desk.electron.hasQuit()).toBe(true));
  });
});

const tray = {
  presence: "available",
  reason: "",
  breakReasons: [],
  calling: null,
  ringing: null,
  controls: [],
};

function fail(): never {
  throw new Error("the page has no pipe");
}
