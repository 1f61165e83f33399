import { expect, test } from "vitest";
import { bandOf, linePath, scaleOf } from "./scale.ts";

test("every value and the goal lie inside of the drawing, larger ones further", () => {
  const { at } = scaleOf([3, 9, null], { from: 1, to: 5 }, 0, 100);
  const places = [1, 3, 5, 9].map(at);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect([places[0], places[3]].every((place) => place !== undefined && place > 0 && place < 100)).toBe(true);
});

test("a scale may run upwards, of one value or of none", () => {
  const up = scaleOf([1, 2], null, 50, 0);
  expect(up.at(2)).toBeLessThan(up.at(1));
  expect(scaleOf([4], null, 0, 100).at(4)).toBeCloseTo(50);
  expect(Number.isFinite(scaleOf([null], null, 0, 100).at(0.5))).toBe(true);
});

test("a goal without an end reaches the edge", () => {
  const scale = scaleOf([0, 10], null, 0, 100);
  const ends = (goal: { from: number | null; to: number | null }) => {
    const { start = -1, size = -1 } = bandOf(goal, scale) ?? {};
    return [start, start + size].map(Math.round);
  };
  expect(ends({ from: 5, to: null })).toEqual([50, 100]);
  expect(ends({ from: null, to: 5 })).toEqual([0, 50]);
  expect(bandOf(null, scale)).toBeNull();
  expect(bandOf({ from: null, to: null }, scale)).toBeNull();
});

test("a line breaks where nothing is known", () => {
  expect(linePath([{ x: 0, y: 1 }, { x: 2, y: 3.1415 }, null, { x: 5, y: 5 }])).toBe("M0 1L2 3.14M5 5");
});
