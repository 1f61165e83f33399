import type { ChildProcess } from "node:child_process";
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { WebSocket } from "ws";
import { openSocketPipe, type SocketLike } from "../../renderer/client/socket-pipe.ts";
import { connectClient, type Client } from "../../shared/rpc/client.ts";
import { session } from "../../shared/rpc/contract/session.ts";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import type { AnyQuery, InputOf, OutputOf } from "../../shared/rpc/define.ts";
import { SignedIn } from "../../shared/sync/session-wire.ts";
import { systemClock } from "../../shared/result/ports.ts";
import { inTenant, openDatabase } from "../../sync-server/database/index.ts";
import { demoTenant, ensureDemoTenant, generateLeads } from "../../sync-server/demo/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { stopChild } from "../../tools/processes.ts";
import { startDesk } from "../../tools/start-desk.ts";
import { startDemoServer } from "../../tools/start-server.ts";
import { ana, newBusiness } from "../../sync-server/demo/people.ts";

/** The product as its users run it: a server process, desks with their own replica processes, windows. */
export type Lab = {
  serverUrl: string;
  serverPid: number;
  openDesk(dataDir: string): Promise<LabDesk>;
  /** A device of Ana's that speaks to the server itself. */
  signInDevice(installation: string): Promise<{ token: string; deviceId: string }>;
  close(): Promise<void>;
};

export type LabDesk = {
  address: string;
  dataDir: string;
  replicaPid(): number;
  openWindow(): Promise<Client>;
  close(): Promise<void>;
};

const seedLeads = 1;

/** A server on a tenant of so many leads; the folder is made once and copied for each lab. */
export async function openLab(folder: string, leads: number, log: (line: string) => void): Promise<Lab> {
  const template = join(folder, `server-${leads}`);
  if (!existsSync(template)) await makeServerFolder(template, leads, log);
  const dataDir = join(folder, "lab");
  await rm(dataDir, { recursive: true, force: true });
  await cp(template, dataDir, { recursive: true });
  const children: ChildProcess[] = [];
  const keep = (child: ChildProcess) => void children.push(child);
  const { url } = await startDemoServer({ dataDir, port: undefined, keep });
  return {
    serverUrl: url,
    serverPid: children[0]?.pid ?? 0,
    openDesk: (deskDir) => openDesk(url, deskDir),
    signInDevice: (installation) => signInDevice(url, installation),
    async close() {
      for (const child of children.toReversed()) await stopChild(child);
    },
  };
}

async function makeServerFolder(folder: string, leads: number, log: (line: string) => void): Promise<void> {
  log(`making a tenant of ${leads.toLocaleString("en")} leads`);
  await mkdir(join(folder, "server"), { recursive: true });
  const db = await openDatabase({ kind: "embedded", dataDir: join(folder, "server") });
  await ensureDemoTenant({ db, clock: systemClock }, { leadCount: seedLeads });
  const records = generateLeads({
    seed: 7,
    count: leads,
    owners: [[{ userId: ana, teamId: newBusiness }, 1]],
  });
  const now = new Date().toISOString();
  for (let start = 0; start < records.length; start += 2_000) {
    const chunk = records.slice(start, start + 2_000);
    await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
      saveRecords(tx, demoTenant.id, "leads", chunk, { now }),
    );
  }
  await db.maintain();
  await db.close();
  writeFileSync(join(folder, "demo-made"), now);
}

async function signInDevice(
  serverUrl: string,
  installation: string,
): Promise<{ token: string; deviceId: string }> {
  const client = {
    kind: "desk",
    device: { installation, name: "bench", platform: "linux", appVersion: "0" },
  };
  const response = await fetch(`${serverUrl}/api/v1/session/demo`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ userId: ana, client }),
  });
  const { token, session: found } = SignedIn.parse(await response.json());
  if (token === null || found.deviceId === null) throw new Error("the server gave no token");
  return { token, deviceId: found.deviceId };
}

async function openDesk(serverUrl: string, dataDir: string): Promise<LabDesk> {
  let main: ChildProcess | null = null;
  const keep = (child: ChildProcess) => void (main = child);
  const shell = { electron: null, port: "0", open: false, demo: true, secrets: "file" } as const;
  const { address } = await startDesk({ ...shell, dataDir, serverUrl, keep });
  const child = main as ChildProcess | null;
  if (!child) throw new Error("no desk was started");
  return {
    address,
    dataDir,
    replicaPid: () =>
      Number(
        execFileSync("pgrep", ["-P", String(child.pid)], { encoding: "utf8" })
          .trim()
          .split("\n")[0],
      ),
    openWindow: () => openWindow(address),
    close: () => stopChild(child),
  };
}

/** A window without a page: what the renderer's client does, from Node. */
async function openWindow(address: string): Promise<Client> {
  const entered = await fetch(address, { redirect: "manual" });
  const cookie = entered.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  const { origin, host } = new URL(address);
  const openSocket = (url: string) => {
    const socket = new WebSocket(url, { headers: { cookie, origin } });
    // A replica that is still starting answers nobody: the pipe tries again.
    socket.on("error", () => {});
    return socket as unknown as SocketLike;
  };
  return connectClient(openSocketPipe(`ws://${host}/rpc`, { openSocket }));
}

/** Waits until a live query gives an answer that fits. */
export function until<D extends AnyQuery>(
  client: Client,
  query: D,
  input: InputOf<D>,
  fits: (value: OutputOf<D>) => boolean,
  withinMs = 300_000,
): Promise<OutputOf<D>> {
  return new Promise((resolve, reject) => {
    let last: unknown = "nothing";
    const timer = setTimeout(
      () => done(() => reject(new Error(`still ${JSON.stringify(last).slice(0, 500)}`))),
      withinMs,
    );
    const stop = client.watch(query, input, (value) => {
      last = value;
      if (fits(value)) done(() => resolve(value));
    });
    function done(settle: () => void): void {
      clearTimeout(timer);
      // The first answer may come before `watch` has returned.
      queueMicrotask(() => stop());
      settle();
    }
  });
}

export function untilSignedIn(client: Client): Promise<unknown> {
  return until(client, session, {}, ({ session: state }) => state.state === "signed-in");
}

export function untilLive(client: Client): Promise<unknown> {
  return until(client, syncStatus, {}, ({ phase, waiting }) => phase === "live" && waiting === 0);
}

/** Resident size of a process in MB. */
export async function residentMB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/u.exec(status)?.[1] ?? Number.NaN) / 1024;
}
