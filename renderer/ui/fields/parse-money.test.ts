import { expect, test } from "vitest";
import { parseMoney } from "./parse-money.ts";

test.each([
  ["450000", 450_000],
  ["$450k", 450_000],
  ["1,200.50", 1_200.5],
  ["€ 1.2m", 1_200_000],
  ["-$30", -30],
  ["0", 0],
])("%s is %d", (typed, value) => {
  expect(parseMoney(typed)).toBe(value);
});

test.each(["", "much", "12 apples", "1e30", "--5"])("%j is no sum", (typed) => {
  expect(parseMoney(typed)).toBeNull();
});
