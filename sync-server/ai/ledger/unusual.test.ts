import { expect, test } from "vitest";
import { addDays } from "../../../shared/time/zone.ts";
import { findUnusual } from "./unusual.ts";

const since = (amounts: readonly number[]) =>
  amounts.map((amount, index) => ({ day: addDays("2026-10-01", index), amount }));

test("a day far above its weeks is told with what was usual, and does not become usual itself", () => {
  const weeks = [10, 12, 9, 11, 10, 3, 2, 11, 10, 12, 9, 10, 2, 3];
  expect(findUnusual(since([...weeks, 60, 11, 70]), 5)).toEqual([
    { day: "2026-10-15", amount: 60, usual: 10 },
    { day: "2026-10-17", amount: 70, usual: 10 },
  ]);
});

test.each([
  ["a busy day is no alarm", [10, 12, 9, 11, 10, 3, 2, 11, 10, 12, 9, 10, 2, 3, 18]],
  ["the same every day and a little more", [10, 10, 10, 10, 10, 10, 10, 14]],
  ["nothing before, and less than is worth a word", [0, 0, 0, 0, 0, 0, 0, 5]],
  ["too few days to say", [1, 1, 1, 1, 1, 1, 900]],
  ["less than usual", [10, 12, 9, 11, 10, 12, 9, 11, 0]],
])("%s", (_name, amounts) => {
  expect(findUnusual(since(amounts), 5)).toEqual([]);
});

test("the first real use after weeks of nothing is worth a word", () => {
  expect(findUnusual(since([0, 0, 0, 0, 0, 0, 0, 50]), 5)).toMatchObject([{ amount: 50, usual: 0 }]);
});
