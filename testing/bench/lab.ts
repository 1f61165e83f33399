import { existsSync } from "node:fs";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Client } from "../../shared/rpc/client.ts";
import { session } from "../../shared/rpc/contract/session.ts";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { inTenant, openDatabase, type Database } from "../../sync-server/database/index.ts";
import { demoTenant, generateLeads } from "../../sync-server/demo/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { findFreePort } from "../../tools/start-server.ts";
import { ana, newBusiness } from "../../sync-server/demo/people.ts";
import { signInDevice } from "../processes/bare-device.ts";
import { openDesk, until, type RunningDesk } from "../processes/desk.ts";
import { openServer } from "../processes/server.ts";
import { makeServerFolder } from "../processes/server-folder.ts";

/** The product as its users run it: a server process, desks with their own replica processes, windows. */
export type Lab = {
  serverUrl: string;
  serverPid(): number;
  openDesk(dataDir: string): Promise<RunningDesk>;
  /** Stops the server, changes its database, which is nobody else's while it runs, and starts it again where it was. */
  change(work: (db: Database) => Promise<void>): Promise<void>;
  /** A device of Ana's that speaks to the server itself. */
  signInDevice(installation: string): Promise<{ token: string; deviceId: string }>;
  close(): Promise<void>;
};

type Fill = (db: Database, dataDir: string) => Promise<void>;

/**
 * A server on a tenant of so many leads; the folder is made once and copied for each lab.
 * @param fill adds what a bench needs besides
 */
export async function openLab(
  folder: string,
  leads: number,
  log: (line: string) => void,
  fill: Fill = async () => {},
): Promise<Lab> {
  const template = join(folder, `server-${leads}`);
  if (!existsSync(template)) await makeLeadsFolder(template, leads, log, fill);
  const dataDir = join(folder, "lab");
  await rm(dataDir, { recursive: true, force: true });
  await cp(template, dataDir, { recursive: true });
  const start = { dataDir, port: await findFreePort() };
  let server = await openServer(start);
  const { url } = server;
  return {
    serverUrl: url,
    serverPid: () => server.process.pid ?? 0,
    openDesk: (deskDir) => openDesk({ serverUrl: url, dataDir: deskDir }),
    async change(work) {
      await server.close();
      const db = await openDatabase({ kind: "embedded", dataDir: join(dataDir, "server") });
      await work(db).finally(() => db.close());
      server = await openServer(start);
    },
    signInDevice: (installation) => signInDevice(url, installation),
    close: () => server.close(),
  };
}

async function makeLeadsFolder(
  folder: string,
  leads: number,
  log: (line: string) => void,
  fill: Fill,
): Promise<void> {
  log(`making a tenant of ${leads.toLocaleString("en")} leads`);
  const records = generateLeads({
    seed: 7,
    count: leads,
    owners: [[{ userId: ana, teamId: newBusiness }, 1]],
  });
  const now = new Date().toISOString();
  await makeServerFolder(folder, async (db) => {
    for (let start = 0; start < records.length; start += 2_000) {
      const chunk = records.slice(start, start + 2_000);
      await inTenant(db, { tenantId: demoTenant.id }, (tx) =>
        saveRecords(tx, demoTenant.id, "leads", chunk, { now }),
      );
    }
    await fill(db, folder);
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
