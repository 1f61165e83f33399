import { expect, test } from "vitest";
import { coversRows, createRowCache, windowAround } from "./row-window.ts";

test("whole pages are asked for, with one to spare on both sides", () => {
  expect(windowAround(0, 24)).toEqual({ offset: 0, limit: 200 });
  expect(windowAround(99_950, 99_999)).toEqual({ offset: 99_800, limit: 300 });
});

test("a window covers what is visible until the spare page is reached", () => {
  const window = windowAround(250, 280);
  expect(coversRows(window, 100, 130)).toBe(true);
  expect(coversRows(window, 90, 130)).toBe(false);
  expect(coversRows(window, 380, 400)).toBe(false);
});

test("a row that did not change keeps its object", () => {
  const cache = createRowCache<{ name: string }>((a, b) => a.name === b.name);
  cache.put("list", { offset: 0, rows: [{ name: "a" }, { name: "b" }], total: 2 });
  const first = cache.get(0);
  cache.put("list", { offset: 0, rows: [{ name: "a" }, { name: "c" }], total: 2 });
  expect(cache.get(0)).toBe(first);
  expect(cache.get(1)).toEqual({ name: "c" });
});

test("rows past the end are forgotten", () => {
  const cache = createRowCache<number>(Object.is);
  cache.put("list", { offset: 0, rows: [1, 2, 3], total: 3 });
  cache.put("list", { offset: 0, rows: [1], total: 1 });
  expect([cache.get(0), cache.get(1), cache.get(2)]).toEqual([1, undefined, undefined]);
});

test("another list forgets the rows of the last one", () => {
  const cache = createRowCache<number>(Object.is);
  cache.put("list", { offset: 0, rows: [1, 2], total: 2 });
  cache.put("other", { offset: 1, rows: [5], total: 2 });
  expect([cache.get(0), cache.get(1)]).toEqual([undefined, 5]);
  expect([cache.holds("list"), cache.holds("other")]).toEqual([false, true]);
});
