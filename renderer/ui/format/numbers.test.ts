import { expect, test } from "vitest";
import { countOf, formatBytes, formatMoney, formatMoneyShort } from "./numbers.ts";

test.each([
  [450_000, "$450k"],
  [486_400, "$486k"],
  [52_500, "$52.5k"],
  [1_200_000, "$1.2m"],
  [999_700, "$1m"],
  [9_999, "$9,999"],
  [12.5, "$12.50"],
  [0, "$0"],
  [-250_000, "-$250k"],
  [2_000_000_000, "$2bn"],
])("the short form of %d is %s", (value, text) => {
  expect(formatMoneyShort(value, "USD")).toBe(text);
});

test("a sum in full names its currency and keeps cents only where there are some", () => {
  expect(formatMoney(450_000, "EUR")).toBe("€450,000");
  expect(formatMoney(1_250.5, "GBP")).toBe("£1,250.50");
});

test("counts agree with their nouns", () => {
  expect([countOf(1, "lead"), countOf(2, "lead"), countOf(1_234, "entry", "entries")]).toEqual([
    "1 lead",
    "2 leads",
    "1,234 entries",
  ]);
});

test("sizes are told in the unit that reads best", () => {
  expect([formatBytes(12), formatBytes(48_200), formatBytes(3_100_000)]).toEqual(["12 B", "48 kB", "3.1 MB"]);
});
