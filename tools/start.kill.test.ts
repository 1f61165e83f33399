import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findFreePort } from "./start-server.ts";
import { root } from "./processes.ts";

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "ringside-start-"))));
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

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

type Started = { child: ChildProcess; said: string };

function run(words: readonly string[]): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, [join(root, "tools/start.ts"), ...words], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => (said += String(part)));
  return { child, said: () => said };
}

const start = (port: number) => startOn(["--server-port", String(port)]);

/** @throws when it ends before it has said everything */
async function startOn(words: readonly string[]): Promise<Started> {
  const { child, said } = run([
    "--shell=localhost",
    "--no-open",
    "--secrets=file",
    "--data",
    folder,
    ...words,
  ]);
  while (!said().includes("Ctrl-C stops everything")) {
    if (child.exitCode !== null) throw new Error(`it ended: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { child, said: said() };
}

function addressOf({ said }: Started, name: string): string {
  return (
    new RegExp(`^  ${name} +(http://127\\.0\\.0\\.1:\\S+)$`, "mu").exec(said)?.[1] ?? `no ${name} in ${said}`
  );
}

/** As a browser does: the address's token becomes a cookie. */
async function openDesk(address: string): Promise<number> {
  const entrance = await fetch(address, { redirect: "manual" });
  const cookie = entrance.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return (await fetch(new URL(entrance.headers.get("location") ?? "", address), { headers: { cookie } }))
    .status;
}

function end({ child }: Started): Promise<number | null> {
  child.kill("SIGINT");
  return ended(child);
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
  return child.exitCode;
}
