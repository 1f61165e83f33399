import { expect, test } from "vitest";
import { createSteppedTime } from "../time.ts";
import { createFaultyPost, Faults } from "./faults.ts";

function play(
  faults: Partial<Faults>,
  count: number,
  chances: number[] = [],
): { sent: string[]; step: (ms: number) => void } {
  const sent: string[] = [];
  const { timers, step } = createSteppedTime(0);
  const random = (): number => chances.shift() ?? 0.5;
  const post = createFaultyPost(() => Faults.parse(faults), random, timers);
  for (let i = 1; i <= count; i++) {
    post({ send: () => sent.push(`${i}`), forge: () => sent.push(`forged ${i}`) });
  }
  return { sent, step: step ?? (() => undefined) };
}

test("without faults everything is sent once and in order", () => {
  expect(play({}, 3).sent).toEqual(["1", "2", "3"]);
});

test("dropped callbacks are never sent", () => {
  expect(play({ drop: 1 }, 3).sent).toEqual([]);
});

test("doubled callbacks are sent twice", () => {
  expect(play({ duplicate: 1 }, 2).sent).toEqual(["1", "1", "2", "2"]);
});

test("a reordered callback comes after its successor", () => {
  // Drop, forge, reorder and duplicate are asked in this order for each.
  expect(play({ reorder: 0.3 }, 2, [0.9, 0.9, 0.1, 0.9, 0.9, 0.9, 0.9]).sent).toEqual(["2", "1"]);
});

test("a reordered callback without a successor comes after a second", () => {
  const { sent, step } = play({ reorder: 1 }, 1);
  expect(sent).toEqual([]);
  step(1_000);
  expect(sent).toEqual(["1"]);
});

test("a forged copy goes out beside the true one", () => {
  expect(play({ forge: 1 }, 1).sent).toEqual(["forged 1", "1"]);
});

test("delayed callbacks come later", () => {
  const { sent, step } = play({ delayMs: 400 }, 1);
  expect(sent).toEqual([]);
  step(400);
  expect(sent).toEqual(["1"]);
});
