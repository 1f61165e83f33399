import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isSource, restartOnChange, type Program, type Watched } from "./restart-on-change.ts";
import { waitForLine } from "./wait-for-line.ts";

let folder: string;
let watched: Watched | null = null;
let said: string[];
let started: ChildProcess[];
/** What waits for a burst to be over, and how many changes have begun such a wait. */
let pending: (() => void) | null;
let changes: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ringside-restart-"));
  mkdirSync(join(folder, "deep"));
  [said, started, pending, changes] = [[], [], null, 0];
});
afterEach(async () => {
  await watched?.stop();
  watched = null;
  rmSync(folder, { recursive: true, force: true });
});

const timers = {
  after(_: number, task: () => void) {
    changes += 1;
    pending = task;
    return () => {
      if (pending === task) pending = null;
    };
  },
};

/** A process that runs until it is ended. */
async function startChild(keep: (child: ChildProcess) => void): Promise<void> {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000); console.log('runs')"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  keep(child);
  await waitForLine(child, /(runs)/u, 100_000, "The child");
}

async function begin(start: Program["start"] = startChild): Promise<void> {
  watched = restartOnChange({
    name: "desk",
    folders: [folder],
    start,
    say: (line) => void said.push(line),
    timers,
  });
  await watched.started;
}

const change = (name: string) => writeFileSync(join(folder, name), String(Math.random()));
async function changeAndWait(name: string): Promise<void> {
  const before = changes;
  change(name);
  await expect.poll(() => changes).toBeGreaterThan(before);
}
function endBurst(): void {
  const task = pending;
  pending = null;
  task?.();
}
const areAlive = () => started.map(({ exitCode, signalCode }) => exitCode === null && signalCode === null);

test("a burst of changes starts it again once, and what ran before has ended by then", async () => {
  await begin();
  expect(areAlive()).toEqual([true]);
  await changeAndWait("a.ts");
  await changeAndWait("b.ts");
  await changeAndWait("deep/c.sql");
  expect(started).toHaveLength(1);
  endBurst();
  await expect.poll(areAlive).toEqual([false, true]);
  expect(said).toEqual(["desk starts again"]);
});

test.each([
  ["desk.ts", true],
  ["deep/0041_letters.sql", true],
  ["weights.json", true],
  ["desk.test.ts", false],
  ["desk.tsbuildinfo", false],
  ["console/people.ts", false],
  ["deep/console/people.ts", true],
])("a change of %s starts it again: %s", (file, expected) => {
  expect(isSource(file)).toBe(expected);
});

test("changes while it starts start it again once, when that start is done", async () => {
  let starts = 0;
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const begun = begin(() => [first.promise, second.promise][starts++] ?? Promise.resolve());
  await changeAndWait("a.ts");
  endBurst();
  await changeAndWait("b.ts");
  endBurst();
  expect(starts).toBe(1);
  first.resolve();
  await begun;
  await expect.poll(() => starts).toBe(2);
  await changeAndWait("c.ts");
  endBurst();
  second.resolve();
  await expect.poll(() => starts).toBe(3);
  expect(said).toEqual(["desk starts again", "desk starts again"]);
});

test("a start that fails says so and leaves nothing running; the next change tries again", async () => {
  let fails = true;
  await begin(async (keep) => {
    await startChild(keep);
    if (fails) throw new Error("a comma is missing");
  });
  expect(said).toEqual(["desk did not start: a comma is missing"]);
  expect(areAlive()).toEqual([false]);
  fails = false;
  await changeAndWait("a.ts");
  endBurst();
  await expect.poll(areAlive).toEqual([false, true]);
});

test("one that ends by itself says so; the next change starts it again", async () => {
  await begin();
  started[0]?.kill("SIGKILL");
  await expect.poll(() => said).toEqual(["desk has ended; the next change starts it again"]);
  await changeAndWait("a.ts");
  endBurst();
  await expect.poll(areAlive).toEqual([false, true]);
});

test("stopping ends what runs, also in the middle of a start, which is no failure, and nothing starts after it", async () => {
  let starts = 0;
  await begin(async (keep) => {
    await startChild(keep);
    starts += 1;
    if (starts === 2) await once(started[1] as ChildProcess, "exit");
    if (starts === 2) throw new Error("it ended before it was ready");
  });
  await changeAndWait("a.ts");
  endBurst();
  await expect.poll(() => starts).toBe(2);
  await changeAndWait("b.ts");
  endBurst();
  await watched?.stop();
  expect(areAlive()).toEqual([false, false]);
  expect(said).toEqual(["desk starts again"]);
});
