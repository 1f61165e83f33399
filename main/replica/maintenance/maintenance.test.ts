import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openPGlite } from "../pglite-storage/index.ts";
import { startMaintenance } from "./index.ts";

const parent = mkdtempSync(join(tmpdir(), "ringside-maintenance-"));
const folder = join(parent, "db");
let pglite: PGlite;

beforeAll(async () => {
  const opened = await openPGlite(folder);
  if (!opened.ok) throw opened.error.cause;
  pglite = opened.value;
  await pglite.exec("CREATE TABLE busy (id int PRIMARY KEY, text text)");
}, 120_000);
afterAll(async () => {
  await pglite.close();
  rmSync(parent, { recursive: true, force: true });
});

function walSegments(): number {
  return readdirSync(join(folder, "pg_wal")).filter((name) => /^[0-9A-F]{24}$/u.test(name)).length;
}

async function rewrite(times: number): Promise<void> {
  await pglite.exec(
    "INSERT INTO busy SELECT n, repeat('x', 200) FROM generate_series(1, 5000) n ON CONFLICT DO NOTHING",
  );
  for (let time = 0; time < times; time++) await pglite.exec("UPDATE busy SET text = text || 'y'");
}

/** A timer that fires when the test says so. */
function createHandTimers() {
  let task: (() => void) | null = null;
  let rounds = 0;
  return {
    timers: {
      after(_delayMs: number, next: () => void) {
        task = next;
        rounds += 1;
        return () => {
          task = null;
        };
      },
    },
    fire: () => task?.(),
    isWaiting: () => task !== null,
    rounds: () => rounds,
  };
}

function fail(cause: unknown): never {
  throw cause;
}

test("the log is cut back while people work; tables wait until they do not", async () => {
  let isIdle = false;
  const maintenance = startMaintenance({
    pglite,
    isIdle: () => isIdle,
    onTrouble: fail,
    timers: createHandTimers().timers,
    walLimitBytes: 2 << 20,
  });
  await maintenance.run();
  await rewrite(5);
  expect(walSegments()).toBeGreaterThan(5);
  expect(await maintenance.run()).toEqual({ checkpointed: true, vacuumed: [] });
  expect(walSegments()).toBeLessThanOrEqual(3);
  expect(await maintenance.run()).toEqual({ checkpointed: false, vacuumed: [] });
  isIdle = true;
  expect((await maintenance.run()).vacuumed).toEqual(["public.busy"]);
  expect((await maintenance.run()).vacuumed).toEqual([]);
  const { rows } = await pglite.query(
    "SELECT n_dead_tup::int AS dead FROM pg_stat_user_tables WHERE relname = 'busy'",
  );
  expect(rows).toEqual([{ dead: 0 }]);
  await maintenance.stop();
});

test("the timer goes on by itself and ends with stop", async () => {
  const hand = createHandTimers();
  const maintenance = startMaintenance({
    pglite,
    isIdle: () => true,
    timers: hand.timers,
    onTrouble: fail,
  });
  hand.fire();
  await maintenance.run();
  await expect.poll(hand.isWaiting).toBe(true);
  await maintenance.stop();
  expect(hand.isWaiting()).toBe(false);
});

test("work that fails by the timer is told once and tried again, and ends nothing", async () => {
  const hand = createHandTimers();
  const full = Object.assign(new Error("could not extend file: No space left on device"), { code: "53100" });
  const exec = vi.spyOn(pglite, "exec").mockRejectedValue(full);
  const told: unknown[] = [];
  const maintenance = startMaintenance({
    ...{ pglite, isIdle: () => true, timers: hand.timers, walLimitBytes: 0 },
    onTrouble: (cause) => told.push(cause),
  });
  /** The timer's next round is over once it waits again. */
  const turn = async () => {
    const waited = hand.rounds();
    hand.fire();
    await expect.poll(hand.rounds, { interval: 5 }).toBeGreaterThan(waited);
  };
  await turn();
  await turn();
  expect(told).toEqual([full]);
  exec.mockResolvedValueOnce([]);
  await turn();
  await turn();
  expect(told).toEqual([full, full]);
  exec.mockRestore();
  await maintenance.stop();
});
