import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RecordId } from "../../shared/entities/id.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { createRecord, editRecords } from "../../shared/rpc/contract/records.ts";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { pullAll, signInDevice } from "./bare-device.ts";
import { openDesk, until, type RunningDesk } from "./desk.ts";
import { findFreePort, makeServerFolder, openServer, type RunningServer } from "./server.ts";

/** A real server with hardly any leads, for tests of what befalls a desk. */
export type Stage = {
  folder: string;
  server: RunningServer;
  serverUrl: string;
  /** The same server again, on the same port and folder, after `server.close()`. */
  restartServer(): Promise<void>;
  /** @param serverUrl where a desk looks for the server, when not at the server itself */
  openDesk(name: string, serverUrl?: string): Promise<RunningDesk>;
  /** The folders of the one person who works on a desk. */
  foldersOf(name: string): Promise<{ root: string; database: string; journal: string }>;
  /** Names and titles of all leads, as the server has them. */
  readLeads(): Promise<Map<string, { name: string; title: string; rev: number }>>;
  close(): Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "ringside-stage-"));
  const port = await findFreePort();
  await makeServerFolder(folder);
  const desks: RunningDesk[] = [];
  const stage: Stage = {
    folder,
    server: await openServer({ dataDir: folder, port }),
    serverUrl: `http://127.0.0.1:${port}`,
    async restartServer() {
      stage.server = await openServer({ dataDir: folder, port });
    },
    async openDesk(name, serverUrl = stage.serverUrl) {
      const desk = await openDesk({ serverUrl, dataDir: join(folder, name) });
      desks.push(desk);
      return desk;
    },
    async foldersOf(name) {
      const [key = ""] = await readdir(join(folder, name, "replicas"));
      const root = join(folder, name, "replicas", key);
      return { root, database: join(root, "database"), journal: join(root, "journal") };
    },
    async readLeads() {
      const device = await signInDevice(stage.serverUrl, `reader-${performance.now()}`.replace(".", "-"));
      const leads = await pullAll(stage.serverUrl, device, "leads");
      return new Map(leads.map((lead) => [lead.id, lead as never]));
    },
    async close() {
      for (const desk of desks) await desk.close();
      await stage.server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** Makes a lead; its id. @throws when the desk does not keep it */
export async function makeLead(client: Client, name: string, notes = ""): Promise<RecordId> {
  const fields = { name, notes };
  const made = await client.call(createRecord, { collection: "leads", fields, label: `Added ${name}` });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value.id;
}

/** Types a title; what the desk answers. */
export function typeTitle(client: Client, id: RecordId, title: string) {
  const edits = [{ collection: "leads" as const, id, set: { title } as never }];
  return client.call(editRecords, { edits, label: "Typed" });
}

export function untilSent(client: Client, withinMs = 60_000): Promise<unknown> {
  return until(client, syncStatus, {}, ({ phase, waiting }) => phase === "live" && waiting === 0, withinMs);
}
