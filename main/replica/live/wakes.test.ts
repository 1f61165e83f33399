import { expect, test } from "vitest";
import { VirtualTime } from "../../../testing/simulation/virtual-time.ts";
import { followWakes } from "./wakes.ts";

const startMs = Date.parse("2026-05-04T15:00:00.000Z");
const hourMs = 3_600_000;

/** A machine whose timers count the time that it is awake, as those of Node do, under a clock that never stops. */
function machine() {
  const awake = new VirtualTime(startMs);
  let sleptMs = 0;
  const clock = { now: () => awake.now() + sleptMs };
  const wakes = followWakes({ clock, timers: awake });
  let woken = 0;
  const stop = wakes.onWake(() => (woken += 1));
  return {
    wakes,
    stop,
    woken: () => woken,
    pass: (ms: number) => awake.pass(ms),
    sleep: (ms: number) => (sleptMs += ms),
  };
}

test("a clock that went on while timers stood still is a sleep; hours of work are none", async () => {
  const { woken, pass, sleep } = machine();
  await pass(hourMs);
  expect(woken()).toBe(0);
  sleep(hourMs);
  await pass(5_000);
  expect(woken()).toBe(1);
  await pass(hourMs);
  expect(woken()).toBe(1);
});

test("the desktop and the clock tell of one sleep once, whichever is first, and of the next one again", async () => {
  const { wakes, woken, pass, sleep } = machine();
  sleep(hourMs);
  wakes.told();
  expect(woken()).toBe(1);
  await pass(60_000);
  expect(woken()).toBe(1);
  sleep(hourMs);
  await pass(5_000);
  wakes.told();
  expect(woken()).toBe(2);
});

test("a clock that is set back is no sleep, and hides none", async () => {
  const { woken, pass, sleep } = machine();
  sleep(-hourMs);
  await pass(60_000);
  expect(woken()).toBe(0);
  sleep(2 * hourMs);
  await pass(5_000);
  expect(woken()).toBe(1);
});

test("nobody is told who has gone, and nothing looks any more once it is stopped", async () => {
  const { wakes, woken, pass, sleep, stop } = machine();
  stop();
  sleep(hourMs);
  await pass(5_000);
  wakes.stop();
  sleep(hourMs);
  await pass(hourMs);
  expect(woken()).toBe(0);
});
