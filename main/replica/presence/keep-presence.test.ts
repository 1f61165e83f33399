import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import { openPresence, type KeptPresence } from "./keep-presence.ts";

const startMs = Date.parse("2026-05-04T12:00:00.000Z");
let folder: string;
let troubles: unknown[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ringside-presence-"));
  troubles = [];
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  expect(troubles).toEqual([]);
});

function open(afterMs = 0): Promise<KeptPresence> {
  const clock = new VirtualTime(startMs + afterMs);
  return openPresence({
    path: join(folder, "presence.json"),
    clock,
    onTrouble: (cause) => troubles.push(cause),
  });
}

test("who was on a break when their desk closed is on it when it opens, since then and for the same reason", async () => {
  const before = await open();
  before.setMine("break", "lunch");
  await before.written();
  const after = await open(3_600_000);
  expect(after.mine()).toEqual({ presence: "break", reason: "lunch", since: "2026-05-04T12:00:00.000Z" });
});

test("what the phone made of somebody ends with their desk: what they chose before counts", async () => {
  const before = await open();
  before.setMine("break");
  before.setMine("busy", "", "phone");
  await before.written();
  expect((await open(60_000)).mine()).toMatchObject({ presence: "break" });
});

test("whoever was available, or chose on another day, begins as available from when the desk opens", async () => {
  const before = await open();
  before.setMine("offline");
  await before.written();
  const nextDay = 13 * 3_600_000;
  const since = new Date(startMs + nextDay).toISOString();
  const after = await open(nextDay);
  expect(after.mine()).toEqual({ presence: "available", reason: "", since });
  after.setMine("break");
  after.setMine("available");
  await after.written();
  expect((await open(nextDay + 60_000)).mine().since).not.toBe(since);
});

test("a file that makes no sense costs the choice and nothing else", async () => {
  await writeFile(join(folder, "presence.json"), '{"presence":"asleep"}');
  const opened = await open();
  expect(opened.mine()).toMatchObject({ presence: "available" });
  opened.setMine("busy");
  await opened.written();
  expect((await open()).mine()).toMatchObject({ presence: "busy" });
});
