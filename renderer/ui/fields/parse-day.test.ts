import { expect, test } from "vitest";
import { parseDay, showDay } from "./parse-day.ts";

// A Wednesday.
const now = new Date(2026, 10, 18, 14, 30);

test.each([
  ["today", "2026-11-18"],
  ["Tomorrow", "2026-11-19"],
  ["fri", "2026-11-20"],
  ["wednesday", "2026-11-25"],
  ["+10", "2026-11-28"],
  ["1 Mar 2027", "2027-03-01"],
  ["1 march", "2026-03-01"],
  ["Mar 1, 2027", "2027-03-01"],
  ["31.12.2026", "2026-12-31"],
  ["2027-02-28", "2027-02-28"],
])("%s is %s", (typed, day) => {
  expect(parseDay(typed, now)).toBe(day);
});

test.each(["", "3/4/2027", "31 Feb 2027", "soon", "+x"])("%j is not guessed", (typed) => {
  expect(parseDay(typed, now)).toBeNull();
});

test("a day reads as people write it", () => {
  expect(showDay("2027-03-01")).toBe("1 Mar 2027");
});
