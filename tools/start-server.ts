import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { root } from "./processes.ts";

export interface ServerStart {
  dataDir: string;
  /** Undefined = the one of the last start on this folder, or the usual one where it is free. */
  port: string | undefined;
  /** Run what is in sync-server/ as it stands, not the build, which loads in half the time. */
  fromSources?: boolean;
  /** Beside what stands in the environment: .env.example explains each. */
  settings?: Readonly<Record<string, string>>;
  /** Told of a process at once, so that it can be stopped whatever happens next. */
  keep(child: ChildProcess): void;
}

/**
 * On a machine with much memory V8 lets its young generation grow to 134 MB and looks into the old one once a minute:
 * 653 MB where 100 are in use. With 16 MB it looks sooner, for 0.5 % of a core, and an old generation that may grow by
 * two fifths of what is in use before it is looked into keeps 70 MB less. As in package.json (`sync-server`).
 */
const serverFlags = ["--max-semi-space-size=16", "--heap-growing-percent=40"];
const usualPort = 4780;
const readyWithinMs = 120_000;
/** Below those that systems give away by themselves, to servers and to whoever connects to one. */
const quietPorts = { from: 20_000, count: 12_000 };

/** Starts the sync-server on its embedded database, with the demo tenant on the first start of a folder. */
export async function startDemoServer(start: ServerStart): Promise<{ url: string }> {
  const { dataDir, port, keep } = start;
  const chosen = port === undefined ? await choosePort(dataDir) : Number(port);
  const url = `http://127.0.0.1:${chosen}`;
  if (!existsSync(join(dataDir, "demo-made"))) await makeDemo(start);
  const child = spawnServer([], start, chosen);
  keep(child);
  await serves(child, dataDir);
  return { url };
}

/** The demo tenant in a folder's database, which no server may have open meanwhile. */
async function makeDemo(start: ServerStart): Promise<void> {
  const { dataDir, keep } = start;
  console.log("Making the demo tenant…");
  const child = spawnServer(["demo"], start, 0);
  keep(child);
  const code = await new Promise((resolve) => child.once("exit", resolve));
  if (code !== 0) throw new Error(`The demo tenant could not be made. ${tailLog(dataDir)}`);
  writeFileSync(join(dataDir, "demo-made"), new Date().toISOString());
}

/**
 * A desk belongs to a server's address: on another port it would be a stranger's, and its person signed out. So a
 * folder keeps the port of its first start.
 */
export async function choosePort(dataDir: string): Promise<number> {
  const file = join(dataDir, "server-port");
  if (existsSync(file)) return reuse(Number(readFileSync(file, "utf8")));
  const port = (await isFree(usualPort)) ? usualPort : await findFreePort();
  writeFileSync(file, String(port));
  return port;
}

async function reuse(port: number): Promise<number> {
  if (await isFree(port)) return port;
  throw new Error(
    `Port ${port}, on which the server of this folder listens, is taken: is Ringside running already? ` +
      "Otherwise end the program that holds it, or say --server-port N.",
  );
}

function spawnServer(
  words: string[],
  { dataDir, fromSources, settings }: ServerStart,
  port: number,
): ChildProcess {
  const log = openSync(logOf(dataDir), "a", 0o600);
  const own = {
    ...{ HOST: "127.0.0.1", PORT: String(port), DATA_DIR: join(dataDir, "server") },
    ...(fromSources && { RINGSIDE_SERVER_SOURCES: "true" }),
  };
  const child = spawn(process.execPath, [...serverFlags, join(root, "tools/sync-server.ts"), ...words], {
    cwd: root,
    env: { ...process.env, ...settings, ...own },
    stdio: ["ignore", log, log, "ipc"],
    detached: true,
  });
  closeSync(log);
  return child;
}

/** As it says itself: at its address another one may answer, on whose port it cannot listen. */
async function serves(child: ChildProcess, dataDir: string): Promise<void> {
  const isServing = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), readyWithinMs);
    child.once("message", () => resolve(true));
    child.once("exit", () => resolve(false));
    child.once("error", () => resolve(false));
    timer.unref();
  });
  if (!isServing) throw new Error(`The server did not start. ${tailLog(dataDir)}`);
}

function tailLog(dataDir: string): string {
  const lines = readFileSync(logOf(dataDir), "utf8").trimEnd().split("\n").slice(-15);
  return `The end of ${logOf(dataDir)}:\n${lines.join("\n")}`;
}

function logOf(dataDir: string): string {
  return join(dataDir, "server.log");
}

function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

/** A port that nobody listens on at this moment, and that nobody is given until a server begins there, or begins again. */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = quietPorts.from + Math.floor(Math.random() * quietPorts.count);
    if (await isFree(port)) return port;
  }
  return listenOnce(0);
}

function listenOnce(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === "object" ? address.port : port));
    });
  });
}
