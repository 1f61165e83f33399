import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../../shared/result/seeded-random.ts";
import { findFreePort } from "../../tools/start-server.ts";
import { countWrites, findFate } from "../simulation/ledger.ts";
import { makeDice } from "../simulation/random.ts";
import {
  everybodyTypes,
  makeSharedCall,
  makeSharedLeads,
  openPost,
  readDeskLeads,
  sleep,
  untilInStep,
} from "./posts.ts";
import { openServer } from "./server.ts";
import { makeServerFolder, readServerFolder } from "./server-folder.ts";
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
  const desks = ["ana", "annex"].map((name) =>
    openPost({ name, folder, serverUrl: `http://127.0.0.1:${port}` }),
  );
  started.push(...desks.map(({ main }) => main), server);
  const shared = await makeSharedLeads(desks);
  const sharedCalls = [await makeSharedCall(desks)];
  const typists = desks.map(({ name, window }) =>
    startTypist({
      desk: name,
      window,
      dice: makeDice(seededRandom(seed + name.length)),
      shared,
      sharedCalls,
      pauseMs: 30,
    }),
  );

  const killed = { replica: 0, main: 0, server: 0 };
  const count = () => killed.replica + killed.main + killed.server;
  while (count() < kills) {
    // Most strike people at work, some a process that is just starting.
    if (dice.chance(0.7)) await everybodyTypes(typists);
    await sleep(dice.between(0, 800));
    const victim = victims[count() % victims.length] ?? "server";
    const desk = dice.pick(desks);
    const struck =
      victim === "server" ? server.kill() : victim === "main" ? desk.main.kill() : desk.killReplica();
    if (struck) killed[victim] += 1;
  }
  for (const typist of typists) await typist.stop();
  await untilInStep(desks);
  for (const { stop } of started) await stop();

  const stored = await readServerFolder(folder, ["leads", "calls", "activities"]);
  const typed = typists.flatMap((typist) => typist.typed);
  process.stdout.write(
    `killed ${JSON.stringify(killed)}; ${typed.filter(({ promised }) => promised).length} edits acknowledged, ${typed.filter(({ promised }) => !promised).length} cut off\n`,
  );
  expect(Math.min(killed.replica, killed.main, killed.server)).toBeGreaterThan(kills / 10);
  expect(typed.filter(({ promised }) => promised).length).toBeGreaterThan(kills * 5);
  expect(
    typed.filter(({ promised, collection }) => promised && collection === "calls").length,
  ).toBeGreaterThan(kills / 2);
  expect(
    typed.filter((entry) => entry.promised && !findFate(entry, stored[entry.collection], stored.activities)),
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
  for (const { name } of desks) {
    const held = await readDeskLeads(join(folder, name));
    expect(byId(held.filter(isTyped)), name).toEqual(visibleLeads(stored.leads));
  }
  // Nobody had to help: whatever was killed started with the same command, and nothing else ever ended.
  expect([server, ...desks.map(({ main }) => main)].flatMap(({ troubles }) => troubles)).toEqual([]);
  expect(typists.flatMap(({ unexpected }) => unexpected)).toEqual([]);
}, 600_000);

type Doc = Record<string, unknown>;

function visibleLeads(rows: readonly { doc: Doc; deleted: boolean }[]): Doc[] {
  // The demo's own lead may belong to somebody else.
  return byId(rows.filter(({ deleted, doc }) => !deleted && isTyped(doc)).map(({ doc }) => doc));
}

function isTyped({ name }: Doc): boolean {
  return /^(?:Shared \d|(?:ana|annex)-\d+z)$/u.test(String(name));
}

function byId(docs: Doc[]): Doc[] {
  return docs.sort((a, b) => (String(a["id"]) < String(b["id"]) ? -1 : 1));
}
