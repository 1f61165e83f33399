import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";
import { tableFile } from "./table-file.ts";
import { record } from "../../shared/rpc/contract/records.ts";
import { session, signInDemo } from "../../shared/rpc/contract/session.ts";
import { syncStatus } from "../../shared/rpc/contract/sync.ts";
import { until } from "./desk.ts";
import { moveToSmallDisk, whyNoSmallDisk } from "./small-disk.ts";
import { makeLead, typeTitle, untilSent } from "./at-the-desk.ts";
import { makeServerFolder } from "./server-folder.ts";
import { openStage, type Stage } from "./stage.ts";

// What may befall the folder of a replica, on a real desk with a real server. The journal beside it stays well.

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(makeServerFolder);
});
afterAll(() => stage.close());

const skipWithoutDisk = (context: TestContext) => {
  const why = whyNoSmallDisk();
  context.skip(why !== null, why ?? "");
};

test("a folder put back to an older copy, as by a power cut: journal and server bring everything back", async () => {
  let desk = await stage.openDesk({ name: "power" });
  let window = await desk.openWindow();
  await untilSent(window);
  const old = await makeLead(window, "Before the copy");
  await untilSent(window);
  await desk.close();
  const { database } = await stage.foldersOf("power");
  cpSync(database, `${database}.copy`, { recursive: true });

  desk = await stage.openDesk({ name: "power" });
  window = await desk.openWindow();
  await untilSent(window);
  const sent = await makeLead(window, "Sent after the copy");
  expect((await typeTitle(window, old, "sent after the copy")).ok).toBe(true);
  await untilSent(window);
  await stage.stopServer();
  const unsent = await makeLead(window, "Never sent before");
  expect((await typeTitle(window, old, "never sent before")).ok).toBe(true);
  await desk.close();
  rmSync(database, { recursive: true });
  cpSync(`${database}.copy`, database, { recursive: true });

  desk = await stage.openDesk({ name: "power" });
  window = await desk.openWindow();
  // Without a server, what only the journal knew is there.
  await untilTitle(window, old, "never sent before");
  await until(window, record, { collection: "leads", id: unsent }, (found) => found.record !== null);
  await stage.startServer();
  await untilSent(window);
  await until(window, record, { collection: "leads", id: sent }, (found) => found.record !== null);
  const leads = await stage.readLeads();
  expect(leads.get(old)).toMatchObject({ title: "never sent before", rev: 3, kept: [] });
  expect(leads.get(unsent)).toMatchObject({ name: "Never sent before", rev: 1 });
  await desk.close();
}, 120_000);

test("a full disk under the records: the desk says so, keeps what it acknowledged, and goes on when there is room", async (context) => {
  skipWithoutDisk(context);
  let desk = await stage.openDesk({ name: "full" });
  let window = await desk.openWindow();
  await untilSent(window);
  const id = await makeLead(window, "On a small disk");
  await untilSent(window);
  await desk.close();
  const { database, root } = await stage.foldersOf("full");
  const disk = moveToSmallDisk(database, 80);
  try {
    desk = await stage.openDesk({ name: "full" });
    window = await desk.openWindow();
    await untilSent(window);
    disk.fill();
    const acknowledged: string[] = [];
    let refusal = "";
    for (let number = 0; number < 400 && refusal === ""; number += 1) {
      const made = await typeTitle(window, id, `title ${number} ${"x".repeat(100)}`);
      if (made.ok)
        acknowledged.push(await makeLead(window, `Full ${number}`, "y".repeat(8_000)).catch(() => ""));
      else refusal = `${made.error.code}: ${made.error.message}`;
    }
    expect(refusal).toMatch(/^(?:disk-full|cancelled|busy|signed-out|internal): /u);
    const told = await tellsOf(window, /disk .*full/u);
    expect(told).toMatch(/disk .*full/u);
    disk.makeRoom();
    await untilSent(window, 120_000);
    const leads = await stage.readLeads();
    const kept = acknowledged.filter((made) => made !== "");
    expect(kept.length).toBeGreaterThan(0);
    for (const made of kept) expect(leads.has(made), made).toBe(true);
    // A full disk is no damage: nothing was set aside or fetched anew.
    expect(readdirSync(root).filter((name) => name.includes("damaged"))).toEqual([]);
    await desk.close();
  } finally {
    disk.remove();
  }
}, 240_000);

test("signing in on a full disk: the desk says so, and opens without another sign-in when there is room", async (context) => {
  skipWithoutDisk(context);
  const folder = join(stage.folder, "no-room");
  mkdirSync(folder);
  const disk = moveToSmallDisk(folder, 160);
  try {
    const desk = await stage.openDesk({ name: "no-room", demo: false });
    const window = await desk.openWindow();
    const { demoPeople } = await until(window, session, {}, (now) => now.demoPeople.length > 0);
    const userId = demoPeople[0]?.userId as NonNullable<(typeof demoPeople)[0]>["userId"];
    disk.fill();
    expect(await window.call(signInDemo, { userId })).toMatchObject({
      ok: false,
      error: { code: "disk-full", message: expect.stringContaining("Sign in again when there is room") },
    });
    disk.makeRoom();
    // Room for the sign-in, and for nothing that says whose it is.
    disk.fill(2 * 4_096);
    expect(await window.call(signInDemo, { userId })).toMatchObject({ ok: true });
    const told = await until(window, session, {}, ({ session: now }) => now.state !== "opening", 30_000);
    expect(told.session).toMatchObject({ state: "blocked", code: "disk-full" });
    disk.makeRoom();
    await untilSent(window);
    await desk.close();
  } finally {
    disk.remove();
  }
}, 120_000);

test("a read-only folder of records: the desk says so, and goes on by itself when it may write again", async (context) => {
  skipWithoutDisk(context);
  let desk = await stage.openDesk({ name: "read-only" });
  let window = await desk.openWindow();
  await untilSent(window);
  const id = await makeLead(window, "Read only");
  await untilSent(window);
  await desk.close();
  const { database, root } = await stage.foldersOf("read-only");
  const disk = moveToSmallDisk(database, 80);
  try {
    disk.setReadOnly(true);
    desk = await stage.openDesk({ name: "read-only" });
    window = await desk.openWindow();
    const blocked = await until(window, session, {}, ({ session: now }) => now.state === "blocked", 30_000);
    expect(blocked.session).toMatchObject({
      code: "read-only",
      message: expect.stringContaining("may not write"),
    });
    disk.setReadOnly(false);
    await untilSent(window);
    await untilTitle(window, id, "");
    expect(readdirSync(root).filter((name) => name.includes("damaged"))).toEqual([]);
    await desk.close();
  } finally {
    disk.remove();
  }
}, 120_000);

const harm: Record<string, (file: string) => void> = {
  "a flipped byte in the middle of a table": (file) => {
    const bytes = readFileSync(file);
    const at = Math.floor(bytes.length / 2) + 100;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(file, bytes);
  },
  "a table cut off in the middle of a page": (file) =>
    truncateSync(file, Math.floor(statSync(file).size / 2) - 100),
};

for (const [what, damage] of Object.entries(harm)) {
  test(`${what}: the replica is rebuilt by itself, and unsent edits are kept`, async () => {
    const name = what.split(" ")[1] ?? "";
    let desk = await stage.openDesk({ name });
    let window = await desk.openWindow();
    await untilSent(window);
    const id = await makeLead(window, "Damaged");
    for (let number = 0; number < 30; number += 1)
      await makeLead(window, `Ballast ${number}`, "z".repeat(1_500));
    await untilSent(window);
    await stage.stopServer();
    expect((await typeTitle(window, id, `typed before ${name}`)).ok).toBe(true);
    await desk.close();
    const { database, root } = await stage.foldersOf(name);
    damage(await tableFile(database, "leads"));

    await stage.startServer();
    desk = await stage.openDesk({ name });
    window = await desk.openWindow();
    // Damage is found by reading: at the latest when search is built, a while after the desk has opened.
    const setAside = () => readdirSync(root).filter((file) => file.startsWith("database.damaged-"));
    await expect.poll(setAside, { timeout: 60_000 }).toHaveLength(1);
    await until(
      window,
      syncStatus,
      {},
      ({ phase, leadsOnDevice }) => phase === "live" && leadsOnDevice > 30,
      90_000,
    );
    await untilSent(window);
    await untilTitle(window, id, `typed before ${name}`);
    expect((await stage.readLeads()).get(id)).toMatchObject({ title: `typed before ${name}`, rev: 2 });
    await desk.close();
  }, 240_000);
}

/** What the desk tells its person, in the status of sync or instead of the desk. */
async function tellsOf(
  window: Awaited<ReturnType<Awaited<ReturnType<Stage["openDesk"]>>["openWindow"]>>,
  pattern: RegExp,
): Promise<string> {
  const bySync = until(window, syncStatus, {}, ({ trouble }) => pattern.test(trouble ?? ""), 60_000);
  const bySession = until(
    window,
    session,
    {},
    ({ session: now }) => now.state === "blocked" && pattern.test(now.message),
    60_000,
  );
  const told = await Promise.any([
    bySync.then(({ trouble }) => trouble ?? ""),
    bySession.then(({ session: now }) => ("message" in now ? now.message : "")),
  ]);
  return told;
}

function untilTitle(window: Parameters<typeof until>[0], id: string, title: string): Promise<unknown> {
  return until(
    window,
    record,
    { collection: "leads", id: id as never },
    (found) => found.record?.["title"] === title,
    60_000,
  );
}
