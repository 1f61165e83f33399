import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acquireFolderLock } from "../../main/replica/lock/index.ts";
import { openReplicaDatabase } from "../../main/replica/database/open-database.ts";
import { visibleOf } from "../../main/replica/database/record-store.ts";
import type { Client } from "../../shared/rpc/client.ts";
import { createRecord, record } from "../../shared/rpc/contract/records.ts";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { countWrites, findFate } from "../simulation/ledger.ts";
import { makeDice, seededRandom } from "../simulation/random.ts";
import { openDesk, until, type RunningDesk } from "./desk.ts";
import { findFreePort, makeServerFolder, openServer, readServerFolder } from "./server.ts";
import { keepRunning } from "./survivors.ts";
import { startTypist } from "./typist.ts";

const kills = Number(process.env["KILLS"] ?? 50);
const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const victims = ["replica", "main", "server"] as const;

let folder: string;
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-nine-"));
  port = await findFreePort();
  await makeServerFolder(folder);
});
const started: { stop(): Promise<void> }[] = [];
afterAll(async () => {
  for (const { stop } of started) await stop();
  await rm(folder, { recursive: true, force: true });
});

test(`kill -9 of replica, main and server at ${kills} random moments (SEED=${seed}): every edit that a desk acknowledged is there, once`, async () => {
  const dice = makeDice(seededRandom(seed));
  const server = keepRunning((keep) => openServer({ dataDir: folder, port, keep }));
  const desks = ["ana", "annex"].map((name) => openPost(name));
  started.push(...desks.map(({ main }) => main), server);
  const shared = await makeSharedLeads(desks);
  const typists = desks.map(({ name, window }) =>
    startTypist({
      desk: name,
      window,
      dice: makeDice(seededRandom(seed + name.length)),
      shared,
      pauseMs: 30,
    }),
  );

  const killed = { replica: 0, main: 0, server: 0 };
  const count = () => killed.replica + killed.main + killed.server;
  while (count() < kills) {
    // Most strike people at work, some a process that is just starting.
    if (dice.chance(0.7)) await everybodyTypes(typists);
    await sleep(dice.between(0, 800));
    const victim = dice.pick(victims);
    const desk = dice.pick(desks);
    const struck =
      victim === "server" ? server.kill() : victim === "main" ? desk.main.kill() : desk.killReplica();
    if (struck) killed[victim] += 1;
  }
  for (const typist of typists) await typist.stop();
  for (const { window } of desks) await untilEverythingIsSent(window);
  for (const { stop } of started) await stop();

  const stored = await readServerFolder(folder, ["leads", "activities"]);
  const typed = typists.flatMap((typist) => typist.typed);
  process.stdout.write(
    `killed ${JSON.stringify(killed)}; ${typed.filter(({ promised }) => promised).length} edits acknowledged, ${typed.filter(({ promised }) => !promised).length} cut off\n`,
  );
  expect(Math.min(killed.replica, killed.main, killed.server)).toBeGreaterThan(kills / 10);
  expect(typed.filter(({ promised }) => promised).length).toBeGreaterThan(kills * 5);
  expect(
    typed.filter((entry) => entry.promised && !findFate(entry, stored.leads, stored.activities)),
    "acknowledged and lost",
  ).toEqual([]);
  expect(
    typed.filter((entry) => countWrites(entry, stored.activities) > 1),
    "written twice",
  ).toEqual([]);
  for (const { id, doc } of stored.leads) {
    const changes = stored.activities.filter(
      ({ doc: line }) => line["kind"] === "change" && line["leadId"] === id,
    );
    if (typed.some((entry) => entry.id === id)) expect(doc["rev"], id).toBe(1 + changes.length);
  }
  for (const { name } of desks) expect(await readDeskFolder(name), name).toEqual(visibleLeads(stored.leads));
  // Nobody had to help: whatever was killed started with the same command, and nothing else ever ended.
  expect([server, ...desks.map(({ main }) => main)].flatMap(({ troubles }) => troubles)).toEqual([]);
  expect(typists.flatMap(({ unexpected }) => unexpected)).toEqual([]);
}, 600_000);

/** A desk of its own folder with one window, both made anew after each death. */
function openPost(name: string) {
  let window: Client | null = null;
  const main = keepRunning<RunningDesk>(async (keep) => {
    const desk = await openDesk({ serverUrl: `http://127.0.0.1:${port}`, dataDir: join(folder, name), keep });
    window = await desk.openWindow();
    desk.main.once("exit", () => {
      window?.close();
      window = null;
    });
    return desk;
  });
  return {
    name,
    main,
    window: () => window,
    killReplica(): boolean {
      try {
        const pid = main.current()?.replicaPid();
        return pid !== undefined && process.kill(pid, "SIGKILL");
      } catch {
        // Between two lives.
        return false;
      }
    },
  };
}

async function makeSharedLeads(desks: ReturnType<typeof openPost>[]): Promise<string[]> {
  const windows: Client[] = [];
  for (const { window } of desks) windows.push(await untilEverythingIsSent(window));
  const [first] = windows;
  const ids: string[] = [];
  for (let number = 0; number < 5; number += 1) {
    const fields = { name: `Shared ${number}` };
    const made = await first?.call(createRecord, { collection: "leads", fields, label: "Shared" });
    if (!made?.ok) throw new Error(JSON.stringify(made));
    ids.push(made.value.id);
  }
  for (const client of windows) {
    for (const id of ids) {
      await until(client, record, { collection: "leads", id: id as never }, (found) => found.record !== null);
    }
  }
  return ids;
}

/** Both desks have acknowledged something since now. */
async function everybodyTypes(typists: ReturnType<typeof startTypist>[]): Promise<void> {
  const before = typists.map((typist) => typist.promised());
  const deadline = performance.now() + 60_000;
  while (typists.some((typist, index) => typist.promised() === before[index])) {
    if (performance.now() > deadline) throw new Error("a desk does not come back");
    await sleep(20);
  }
}

async function untilEverythingIsSent(window: () => Client | null): Promise<Client> {
  for (;;) {
    const client = window();
    const isDone = ({ phase, waiting }: { phase: string; waiting: number }) =>
      phase === "live" && waiting === 0;
    if (client) {
      await until(client, syncStatus, {}, isDone, 60_000);
      return client;
    }
    await sleep(20);
  }
}

type Doc = Record<string, unknown>;

function visibleLeads(rows: readonly { doc: Doc; deleted: boolean }[]): Doc[] {
  // The demo's own lead may belong to somebody else.
  return byId(rows.filter(({ deleted, doc }) => !deleted && isTyped(doc)).map(({ doc }) => doc));
}

/** What a desk that does not run holds; that it can be opened shows that no process was left behind. */
async function readDeskFolder(name: string): Promise<Doc[]> {
  const replicas = join(folder, name, "replicas");
  const [own] = await readdir(replicas);
  const root = join(replicas, own ?? "");
  const lock = await acquireFolderLock({ folder: root, title: "the test" });
  if (!lock.ok) throw new Error(lock.error.message);
  const opened = await openReplicaDatabase(join(root, "database"));
  if (!opened.ok) throw new Error(opened.error.message, { cause: opened.error.cause });
  const { sql, table, store, close } = opened.value;
  const rows = await sql<{ id: string }>(`select id from ${table("leads")} where not deleted`);
  const found = await store.find(
    "leads",
    rows.map(({ id }) => id),
  );
  await close();
  await lock.value.release();
  return byId([...found.values()].map((stored) => visibleOf(stored) as unknown as Doc).filter(isTyped));
}

function isTyped({ name }: Doc): boolean {
  return /^(?:Shared \d|(?:ana|annex)-\d+z)$/u.test(String(name));
}

function byId(docs: Doc[]): Doc[] {
  return docs.sort((a, b) => (String(a["id"]) < String(b["id"]) ? -1 : 1));
}

function sleep(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}
