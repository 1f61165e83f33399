import { sql } from "drizzle-orm";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, expect, test, type TestContext } from "vitest";
import { syncNow, syncStatus } from "../../shared/rpc/contract/sync.ts";
import { openDatabase, rowsOf } from "../../sync-server/database/index.ts";
import { leastFreeBytes } from "../../sync-server/database/disk-space.ts";
import { makeLead, untilSent } from "./at-the-desk.ts";
import { until } from "./desk.ts";
import { makeServerFolder } from "./server-folder.ts";
import { moveToSmallDisk, whyNoSmallDisk, type SmallDisk } from "./small-disk.ts";
import { openStage } from "./stage.ts";

// A full disk under the server's embedded database.

const disks: SmallDisk[] = [];
afterEach(() => {
  for (const disk of disks.splice(0)) disk.remove();
});

function skipWithoutDisk(context: TestContext): void {
  const why = whyNoSmallDisk();
  context.skip(why !== null, why ?? "");
}

function onSmallDisk(folder: string, megabytes: number): SmallDisk {
  const disk = moveToSmallDisk(folder, megabytes);
  disks.push(disk);
  return disk;
}

/** Lines of the server's log with these words. */
function logged({ folder }: { folder: string }, words: string): string[] {
  const lines = readFileSync(join(folder, "server.log"), "utf8").split("\n");
  return lines.filter((line) => line.includes(words));
}

test("before the disk is full the server keeps nothing more, says so at the desk and once in its log, starts all the same, and goes on when there is room", async (context) => {
  skipWithoutDisk(context);
  let disk: SmallDisk | undefined;
  const stage = await openStage(async (folder) => {
    await makeServerFolder(folder);
    disk = onSmallDisk(join(folder, "server"), 400);
  });
  try {
    const desk = await stage.openDesk();
    const window = await desk.openWindow();
    await untilSent(window);
    disk?.fill(leastFreeBytes / 2);
    // The server looks a few times a second: what comes before it has is kept in what is left.
    const ready = async () => (await fetch(`${stage.serverUrl}/health/ready`)).json();
    await expect.poll(ready).toMatchObject({ disk: "full" });
    const id = await makeLead(window, "Typed while the disk was full");
    const told = await until(window, syncStatus, {}, ({ trouble }) => trouble?.includes("is full") ?? false);
    expect(told).toMatchObject({ waiting: 1, refused: 0 });
    const health = await fetch(`${stage.serverUrl}/health/ready`);
    expect([health.status, await health.json()]).toEqual([
      200,
      { status: "ok", database: true, disk: "full" },
    ]);
    const saysFull = () => expect.poll(() => logged(stage, "the disk is nearly full"));
    await saysFull().toHaveLength(1);
    await stage.stopServer();
    await stage.startServer();
    expect(await ready()).toMatchObject({ status: "ok", disk: "full" });
    await saysFull().toHaveLength(2);
    await window.call(syncNow, {});
    await until(window, syncStatus, {}, ({ trouble }) => trouble?.includes("is full") ?? false, 30_000);
    disk?.makeRoom();
    await untilSent(window);
    expect((await stage.readLeads()).get(id)?.name).toBe("Typed while the disk was full");
    await expect.poll(() => logged(stage, "has room again")).toHaveLength(1);
    // Queues have looked for work many times meanwhile, and have nothing to say of it.
    expect(logged(stage, "stored webhooks").concat(logged(stage, "look for jobs"))).toEqual([]);
  } finally {
    // A folder that a disk is mounted on cannot be removed.
    for (const one of disks.splice(0)) one.remove();
    await stage.close();
  }
}, 180_000);

test("a log without room ends the server with a word, and nothing that was kept is lost", async (context) => {
  skipWithoutDisk(context);
  const folder = mkdtempSync(join(tmpdir(), "ringside-log-"));
  try {
    await (await openDatabase({ kind: "embedded", dataDir: folder })).close();
    const disk = onSmallDisk(folder, 150);
    const script = join(import.meta.dirname, "fill-log.ts");
    const child = spawn(process.execPath, [script, folder], { stdio: "pipe" });
    child.stdout.once("data", () => {
      disk.fill(1 << 20);
      child.stdin.end("go on");
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    expect([code, complained]).toEqual([1, expect.stringContaining("The database has stopped")]);
    disk.makeRoom();
    const db = await openDatabase({ kind: "embedded", dataDir: folder });
    const there = await rowsOf<{ key: string }>(
      db.owner,
      sql`SELECT key FROM server_facts WHERE key LIKE 'kept-%'`,
    );
    await db.close();
    const kept = said.trim().split("\n");
    expect(kept.length).toBeGreaterThan(1);
    expect(there.map(({ key }) => key)).toEqual(expect.arrayContaining(kept));
  } finally {
    for (const disk of disks.splice(0)) disk.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
