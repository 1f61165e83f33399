import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connectClient } from "../../../shared/rpc/client.ts";
import type { Client } from "../../../shared/rpc/client.ts";
import type { Pipe } from "../../../shared/rpc/pipe.ts";
import { echoContract } from "./echo-contract.ts";

/** One window on a desk, as its page sees it. */
export interface DeskWindow {
  pipe: Pipe;
  /** Path and query that the window shows. */
  path(): Promise<string>;
  close(): Promise<void>;
}

export interface Page {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** A desk that was started with a shell and the echo replica. */
export interface RunningDesk {
  /** What the shell opened by itself, oldest first. */
  windows(): Promise<DeskWindow[]>;
  /** Opens one more, as a person would. */
  openWindow(): Promise<DeskWindow>;
  fetchPage(path: string): Promise<Page>;
  /** Addresses that were handed to other programs. */
  openedOutside(): Promise<string[]>;
  /** The person closes the program. */
  quit(): Promise<void>;
  ended(): Promise<boolean>;
  /** Starts the program again on the same folder; answers whether it became a second desk. */
  startAgain(): Promise<boolean>;
  notifications: "shown" | "unsupported";
  /** Without a click of the person. */
  opensPhone: boolean;
}

export interface ShellUnderTest {
  name: string;
  /** Why it cannot be tested here; null = it can. */
  missing: string | null;
  start(dataDir: string, pageDir: string): Promise<RunningDesk>;
}

/** What every shell has to do, whatever shows its windows. */
export function describeShell(shell: ShellUnderTest): void {
  describe(`the ${shell.name} shell`, () => {
    let folder: string;
    let desk: RunningDesk | null = null;
    const clients: Client[] = [];

    beforeEach(({ skip }) => {
      if (shell.missing) skip(shell.missing);
      folder = mkdtempSync(join(tmpdir(), "ringside-shell-"));
      writePage(join(folder, "page"));
      mkdirSync(join(folder, "data"));
    });
    afterEach(async () => {
      for (const client of clients.splice(0)) client.close();
      await desk?.quit();
      desk = null;
      if (folder) rmSync(folder, { recursive: true, force: true });
    });

    const dataDir = () => join(folder, "data");
    const start = async () => (desk = await shell.start(dataDir(), join(folder, "page")));
    const connect = (window: DeskWindow) => {
      const client = connectClient(window.pipe);
      clients.push(client);
      return client;
    };
    const openClient = async (on: RunningDesk) => connect(await on.openWindow());
    const askHost = async (client: Client, service: string, input: unknown) => {
      const answer = await client.call(echoContract.host, { service, input: input as never });
      return answer.ok ? answer.value : answer.error;
    };
    const describeReplica = async (client: Client) => {
      const answer = await client.call(echoContract.describe, null);
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    };

    test("shows a window whose page reaches the replica, in another process", async () => {
      const client = await openClient(await start());
      const told = await describeReplica(client);
      expect(told.pid).not.toBe(process.pid);
      expect(told.settings).toMatchObject({ dataDir: dataDir(), serverUrl: "http://127.0.0.1:9" });
    });

    test("gives every window a channel of its own, and what one had open goes with it", async () => {
      const running = await start();
      const [first, second] = [await running.openWindow(), await running.openWindow()];
      const [one, other] = [connect(first), connect(second)];
      for (const client of [one, other]) client.watch(echoContract.ticks, null, () => {});
      const before = await eventually(async () => {
        const load = await other.call(echoContract.load, null);
        expect(load).toMatchObject({ ok: true, value: { watches: 2 } });
        return load;
      });
      await first.close();
      await eventually(async () => {
        const load = await other.call(echoContract.load, null);
        expect(load).toMatchObject({ value: { watches: 1, windows: windowsIn(before) - 1 } });
      });
    });

    test("carries large answers whole", async () => {
      const client = await openClient(await start());
      const value = Array.from({ length: 20_000 }, (_, index) => ({ index, text: `row ${index} ä` }));
      expect(await client.call(echoContract.echo, value)).toEqual({ ok: true, value });
    });

    test("starts a killed replica again, and windows go on by themselves", async () => {
      const client = await openClient(await start());
      const pids: number[] = [];
      client.watch(echoContract.ticks, null, ({ pid }) => pids.push(pid));
      const { pid } = await describeReplica(client);
      process.kill(pid, "SIGKILL");
      await eventually(() => expect(new Set(pids).size).toBe(2));
      expect(await client.call(echoContract.echo, "again")).toEqual({ ok: true, value: "again" });
      expect((await describeReplica(client)).pid).not.toBe(pid);
    });

    test("keeps trying while a replica cannot start, and connects windows once it can", async () => {
      writeFileSync(join(dataDir(), "die-at-start"), "");
      const client = await openClient(await start());
      const answer = client.call(echoContract.echo, "patience");
      await new Promise((resolve) => setTimeout(resolve, 700));
      rmSync(join(dataDir(), "die-at-start"));
      const first = await answer;
      // A call that met a dying replica is cut off, not repeated; the next one gets through.
      if (!first.ok) expect(first.error.code).toBe("cancelled");
      await eventually(async () =>
        expect(await client.call(echoContract.echo, "hello")).toEqual({ ok: true, value: "hello" }),
      );
    });

    test("keeps the replica's secrets across starts", async () => {
      const client = await openClient(await start());
      await askHost(client, "writeSecret", { name: "token", value: "s3cret" });
      await desk?.quit();
      const later = await openClient(await start());
      expect(await askHost(later, "readSecret", { name: "token" })).toBe("s3cret");
      await askHost(later, "removeSecret", { name: "token" });
      expect(await askHost(later, "readSecret", { name: "token" })).toBeNull();
    });

    test("refuses services what they do not take", async () => {
      const client = await openClient(await start());
      const refused = { code: "bad-input" };
      expect(await askHost(client, "readSecret", { name: "../token" })).toMatchObject(refused);
      expect(await askHost(client, "openWindow", { path: "//evil.example" })).toMatchObject(refused);
      expect(await askHost(client, "openWindow", { path: "https://evil.example" })).toMatchObject(refused);
      expect(await askHost(client, "setTheme", { theme: "pink" })).toMatchObject(refused);
    });

    test("opens web pages, mail and telephone numbers outside, and nothing else", async () => {
      const running = await start();
      const client = await openClient(running);
      const before = (await running.openedOutside()).length;
      const good = ["https://example.com/a?b=c", "mailto:ana@example.com", "tel:+442079460000"];
      const bad = [
        "http://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://bank@evil.example/",
        "smb://x/y",
        "",
      ];
      for (const url of good) expect(await askHost(client, "openExternal", { url }), url).toBe(true);
      for (const url of bad) expect(await askHost(client, "openExternal", { url }), url).toBe(false);
      expect((await running.openedOutside()).slice(before)).toEqual(good);
    });

    test("says whether it can show a notification", async () => {
      const running = await start();
      const client = await openClient(running);
      const notification = { tag: "task-1", title: "Call Maria", body: "Due now" };
      expect(await askHost(client, "notify", notification)).toBe(running.notifications);
      expect(await askHost(client, "notify", { ...notification, rings: true })).toBe(running.notifications);
      for (const tag of ["task-1", "never shown"])
        expect(await askHost(client, "takeBack", { tag })).toBeNull();
    });

    test("opens another window at a path", async () => {
      const running = await start();
      const client = await openClient(running);
      await askHost(client, "openWindow", { path: "/leads/7?tab=notes" });
      await eventually(async () => {
        const paths = await Promise.all((await running.windows()).map((window) => window.path()));
        expect(paths).toContain("/leads/7?tab=notes");
      });
    });

    test("opens the phone's windows, or says that only a click can, and then opens none", async () => {
      const running = await start();
      const client = await openClient(running);
      const before = (await running.windows()).length;
      const opened = await askHost(client, "openPhone", { window: "phone" });
      expect(opened).toBe(running.opensPhone);
      if (!running.opensPhone) return expect((await running.windows()).length).toBe(before);
      await eventually(async () => {
        const paths = await Promise.all((await running.windows()).map((window) => window.path()));
        expect(paths).toContain("/phone.html");
      });
      // One line is enough: a second one would ring twice.
      await askHost(client, "openPhone", { window: "phone" });
      expect((await running.windows()).length).toBe(before + 1);
    });

    test("opens one overlay, or says that only a click can, and lets it say whether it takes clicks", async () => {
      const running = await start();
      const client = await openClient(running);
      const before = (await running.windows()).length;
      expect(await askHost(client, "openOverlay", {})).toBe(running.opensPhone);
      expect(await askHost(client, "catchClicks", { on: true })).toBeNull();
      expect(await askHost(client, "catchClicks", { on: "yes" })).toMatchObject({ code: "bad-input" });
      if (!running.opensPhone) return expect((await running.windows()).length).toBe(before);
      await eventually(async () => {
        const paths = await Promise.all((await running.windows()).map((window) => window.path()));
        expect(paths).toContain("/overlay.html");
      });
      await askHost(client, "openOverlay", {});
      expect((await running.windows()).length).toBe(before + 1);
    });

    test("takes hotkeys and a tray, or has none, and refuses what is neither", async () => {
      const client = await openClient(await start());
      const none = { answer: null, "hang-up": null, mute: null };
      expect(await askHost(client, "setHotkeys", none)).toEqual([]);
      const view = {
        ...{ presence: "busy", reason: "", breakReasons: [], calling: "Maria", ringing: null },
        controls: [{ key: "hang-up", does: "hang-up" }],
      };
      expect(await askHost(client, "setTray", view)).toBeNull();
      for (const wrong of [{ presence: "asleep" }, { controls: [{ key: "dial", does: "dial" }] }])
        expect(await askHost(client, "setTray", { ...view, ...wrong })).toMatchObject({ code: "bad-input" });
    });

    test("lets the phone's page, and no other, talk to a carrier", async () => {
      const running = await start();
      const policyOf = async (path: string) =>
        (await running.fetchPage(path)).headers["content-security-policy"] ?? "";
      const desk = await policyOf("/");
      const phone = await policyOf("/phone.html");
      expect(desk).not.toContain("wss:");
      const withoutNonce = (policy: string) => policy.replace(/'nonce-[^']+'/u, "");
      expect(withoutNonce(phone.replace(" wss: ws://127.0.0.1:*", ""))).toBe(withoutNonce(desk));
    });

    test("keeps the phone's page out of the process of the desk that opens it", async () => {
      const running = await start();
      const openerPolicyOf = async (path: string) =>
        (await running.fetchPage(path)).headers["cross-origin-opener-policy"];
      expect(await openerPolicyOf("/")).toBe("same-origin");
      expect(await openerPolicyOf("/phone.html")).toBe("same-origin-allow-popups");
    });

    test("gives each page a nonce of its own for style sheets, and tells it to that page alone", async () => {
      const running = await start();
      const pages = [await running.fetchPage("/"), await running.fetchPage("/")];
      const nonces = pages.map(({ headers, body }) => {
        const [, nonce = ""] = /'nonce-([^']+)'/u.exec(headers["content-security-policy"] ?? "") ?? [];
        expect(nonce).toMatch(/^[\w+/]{22}==$/u);
        expect(String(body)).toContain(`content="${nonce}"`);
        return nonce;
      });
      expect(nonces[0]).not.toBe(nonces[1]);
    });

    test("serves its page, also for the page's own routes, under a strict policy", async () => {
      const running = await start();
      for (const path of ["/", "/leads/7"]) {
        const page = await running.fetchPage(path);
        expect(page).toMatchObject({ status: 200, body: expect.stringContaining("the page") });
        const policy = page.headers["content-security-policy"] ?? "";
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("script-src 'self'");
        expect(policy).not.toMatch(/unsafe|\*/u);
        expect(page.headers["x-content-type-options"]).toBe("nosniff");
      }
      expect((await running.fetchPage("/assets/app.js")).headers["content-type"]).toContain(
        "text/javascript",
      );
    });

    test.each([
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/assets/..%5c..%5csecret.txt",
      "/link.txt",
      "/no.txt",
      "/%00.txt",
      "/%zz.txt",
    ])("serves nothing at %s", async (path) => {
      const page = await (await start()).fetchPage(path);
      expect(page.status).toBe(404);
      expect(page.body).not.toContain("secret");
    });

    test("a second start on the folder brings the first desk forward instead", async () => {
      const running = await start();
      await openClient(running);
      const before = (await running.windows()).length + (await running.openedOutside()).length;
      expect(await running.startAgain()).toBe(false);
      const client = await openClient(running);
      expect(await client.call(echoContract.echo, 1)).toEqual({ ok: true, value: 1 });
      expect(
        (await running.windows()).length + (await running.openedOutside()).length,
      ).toBeGreaterThanOrEqual(before);
    });

    test("puts the replica down in order when the person quits", async () => {
      const running = await start();
      const { pid } = await describeReplica(await openClient(running));
      expect(existsSync(join(dataDir(), "put-down"))).toBe(false);
      await running.quit();
      expect(existsSync(join(dataDir(), "put-down"))).toBe(true);
      expect(await running.ended()).toBe(true);
      expect(() => process.kill(pid, 0)).toThrow();
    });

    test("ends when the replica asks for it", async () => {
      const running = await start();
      const client = await openClient(running);
      void client.call(echoContract.host, { service: "quit", input: {} });
      await eventually(async () => expect(await running.ended()).toBe(true));
      expect(existsSync(join(dataDir(), "put-down"))).toBe(true);
    });
  });
}

/** Machines are slow at times; what is waited for here is whether, never how fast. */
function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 40_000, interval: 50 });
}

function windowsIn(load: { ok: true; value: { windows: number } } | { ok: false }): number {
  return load.ok ? load.value.windows : Number.NaN;
}

/** A built page, with a secret beside it and a link that points out of it. */
function writePage(pageDir: string): void {
  mkdirSync(join(pageDir, "assets"), { recursive: true });
  writeFileSync(
    join(pageDir, "index.html"),
    "<!doctype html><head><title>the page</title></head><script src=/assets/app.js></script>",
  );
  writeFileSync(join(pageDir, "phone.html"), "<!doctype html><title>the phone</title>");
  writeFileSync(join(pageDir, "overlay.html"), "<!doctype html><title>the coach</title>");
  writeFileSync(join(pageDir, "assets", "app.js"), "document.title += '!';");
  writeFileSync(join(pageDir, "..", "secret.txt"), "secret");
  symlinkSync(join(pageDir, "..", "secret.txt"), join(pageDir, "link.txt"));
}
