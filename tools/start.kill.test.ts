import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { findFreePort } from "./start-server.ts";
import { root } from "./processes.ts";

let folder: string;
const started: ChildProcess[] = [];
// One for all: to make the demo tenant takes longer than a start.
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "ringside-start-"))));
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGTERM");
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test("`npm start` says its shell and three addresses, has room for a second desk, ends whole on Ctrl-C, and finds the same data again", async () => {
  const port = await findFreePort();
  const first = await start(port);
  expect(first.said).toMatch(/^Shell: localhost/mu);
  expect(first.said).toContain("Making the demo tenant");
  const [desk, server, console] = [
    addressOf(first, "Desk"),
    addressOf(first, "Server"),
    addressOf(first, "Console"),
  ];
  expect(await openDesk(desk)).toBe(200);
  expect((await fetch(`${server}/health/ready`)).status).toBe(200);
  expect(await (await fetch(console)).text()).toContain("<title>");
  const made = readFileSync(join(folder, "demo-made"), "utf8");

  const other = await startOn(["--server", server]);
  expect(addressOf(other, "Server")).toBe(server);
  expect(await openDesk(addressOf(other, "Desk"))).toBe(200);
  expect(await end(other)).toBe(0);
  expect((await fetch(`${server}/health/ready`)).status).toBe(200);
  expect(await end(first)).toBe(0);
  for (const address of [desk, server]) await expect(fetch(address)).rejects.toThrow();

  const second = await start(port);
  expect(second.said).not.toContain("Making the demo tenant");
  expect(readFileSync(join(folder, "demo-made"), "utf8")).toBe(made);
  expect(await openDesk(addressOf(second, "Desk"))).toBe(200);
  expect(await end(second)).toBe(0);
});

test("`npm start` with a shell that there is not says so and ends", async () => {
  const { child, said } = run(["--shell=teletype"]);
  expect(await ended(child)).not.toBe(0);
  expect(said()).toContain("There is no shell called teletype");
});

const isWindows = process.platform === "win32";

test.skipIf(isWindows)(
  "`npm run dev` serves pages from their sources to whoever has the desk's token, and Ctrl-C leaves nothing behind",
  async () => {
    const dev = await startOn(["--server-port", String(await findFreePort())], "dev");
    expect(dev.said).toMatch(/^Shell: localhost/mu);
    const { origin } = new URL(addressOf(dev, "Desk"));
    for (const address of [origin, addressOf(dev, "Console")])
      expect(await (await fetch(address)).text()).toContain("/@vite/client");
    // Polled for: whoever edits the sources at this moment has server and desk start again, the desk with another token.
    const askServer = () => fetch(`${addressOf(dev, "Server")}/health/ready`).then(({ status }) => status);
    await expect.poll(() => askServer().catch(String)).toBe(200);
    await expect.poll(() => connect(origin, {}).catch(String)).toContain("401");
    const enterAndConnect = async () => connect(origin, { cookie: await enter(lastAddressOf(dev, "Desk")) });
    await expect.poll(() => enterAndConnect().catch(String)).toBe("open");

    await endWhole(dev);
    for (const name of ["Desk", "Server", "Console"])
      await expect(fetch(addressOf(dev, name))).rejects.toThrow();
  },
);

test.skipIf(process.platform !== "linux")(
  "`npm run dev` shows them in Electron's windows where its binary is, and no other build does",
  async () => {
    const bin = join(folder, "electron");
    mkdirSync(bin);
    const standIn = join(root, "testing/fakes/electron/program.ts");
    const script = `#!/bin/sh\nexec '${process.execPath}' --import '${standIn}' "$@"\n`;
    writeFileSync(join(bin, "electron"), script, { mode: 0o755 });
    const dev = await startOn(["--server-port", String(await findFreePort())], "dev", {
      ELECTRON_OVERRIDE_DIST_PATH: bin,
    });
    expect(dev.said).toContain("Shell: Electron (npm run dev -- --shell=localhost");
    expect(dev.said).toMatch(/^ {2}Desk +in its own window$/mu);
    await expect.poll(dev.now).toMatch(/^a window shows http:\/\/127\.0\.0\.1:\d+\/phone\.html$/mu);
    const shown = /^a window shows (http:\S+)\/phone\.html$/mu.exec(dev.now())?.[1] ?? "nothing";
    expect(await (await fetch(shown)).text()).toContain("/@vite/client");

    const knows = (dist: string) =>
      readdirSync(join(root, dist)).filter((file) =>
        readFileSync(join(root, dist, file), "utf8").includes(shown),
      );
    await expect.poll(() => knows("dist/dev/main").length).toBeGreaterThan(0);
    expect(knows("dist/main")).toEqual([]);
    await endWhole(dev);
  },
);

type Tool = "start" | "dev";
type Started = { child: ChildProcess; said: string; now: () => string };

function run(words: readonly string[], tool: Tool = "start", env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(root, `tools/${tool}.ts`), ...words], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += String(part)));
  return { child, said: () => said };
}

const start = (port: number) => startOn(["--server-port", String(port)]);

/** @throws when it ends before it has said everything */
async function startOn(
  words: readonly string[],
  tool?: Tool,
  env?: Record<string, string>,
): Promise<Started> {
  const shell = env ? [] : ["--shell=localhost"];
  const common = [...shell, "--no-open", "--secrets=file", "--data", folder];
  const { child, said } = run([...common, ...words], tool, env);
  while (!said().includes("Ctrl-C stops everything")) {
    if (child.exitCode !== null) throw new Error(`it ended: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { child, said: said(), now: said };
}

function addressOf({ said }: { said: string }, name: string): string {
  const [first] = addressesOf(said, name);
  return first ?? `no ${name} in ${said}`;
}

/** It may have started again since it was ready. */
function lastAddressOf({ now }: Started, name: string): string {
  return addressesOf(now(), name).at(-1) ?? `no ${name} in ${now()}`;
}

function addressesOf(said: string, name: string): string[] {
  const lines = said.matchAll(new RegExp(`^  ${name} +(http://127\\.0\\.0\\.1:\\S+)$`, "gmu"));
  return [...lines].map(([, address = ""]) => address);
}

/** The desk's connection, as its page makes it. @throws when it is refused */
async function connect(origin: string, headers: object): Promise<"open"> {
  const socket = new WebSocket(`${origin.replace("http:", "ws:")}/rpc`, { headers: { origin, ...headers } });
  await once(socket, "open");
  socket.terminate();
  return "open";
}

/** As a browser does: the address's token becomes a cookie. */
async function openDesk(address: string): Promise<number> {
  const headers = { cookie: await enter(address) };
  return (await fetch(new URL(address).origin, { headers })).status;
}

async function enter(address: string): Promise<string> {
  const entrance = await fetch(address, { redirect: "manual" });
  expect(entrance.headers.get("location")).toBe("/");
  return entrance.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
}

function end({ child }: Started): Promise<number | null> {
  child.kill("SIGINT");
  return ended(child);
}

/** Ctrl-C, and every process that was started is gone. */
async function endWhole(dev: Started): Promise<void> {
  const running = () => processesOf(dev.child.pid ?? 0);
  // The server, main and its replica.
  await expect.poll(() => running().length).toBeGreaterThan(2);
  const pids = running();
  expect(await end(dev)).toBe(0);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
}

/** Those that a process has started, and what these have started. */
function processesOf(pid: number): number[] {
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = lines.map((line) => line.trim().split(/\s+/u).map(Number));
  const childrenOf = (parent: number): number[] =>
    pairs.flatMap(([child = 0, its]) => (its === parent ? [child, ...childrenOf(child)] : []));
  return childrenOf(pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
  return child.exitCode;
}
