import { expect, test } from "vitest";
import { parseValue } from "../../../shared/import/parse-value.ts";
import { formatMoney } from "../format/numbers.ts";
import { parseMoney, readingOfMoney } from "./parse-money.ts";

const typedSums: [typed: string, value: number][] = [
  ["450000", 450_000],
  ["$450k", 450_000],
  ["1,200.50", 1_200.5],
  ["€ 1.2m", 1_200_000],
  ["-$30", -30],
  ["0", 0],
  ["250.000", 250_000],
  ["1.234,50 €", 1_234.5],
  ["12,5", 12.5],
  ["1'250.50", 1_250.5],
];

test.each(typedSums)("%s is %d", (typed, value) => {
  expect(parseMoney(typed, "EUR")).toBe(value);
});

test.each(typedSums)("%s means the same typed by hand as in a file", (typed) => {
  const inFile = parseValue(typed, "money", { country: "DE", dateOrder: null });
  expect(inFile).toEqual({ ok: true, value: parseMoney(typed, "EUR") });
});

test.each(["", "much", "12 apples", "1e30", "--5"])("%j is no sum", (typed) => {
  expect(parseMoney(typed, "USD")).toBeNull();
});

test("a sum has two digits behind the point", () => {
  expect(parseMoney("0.125", "USD")).toBe(0.13);
});

test("what a form shows of a sum reads back as the same, in every currency", () => {
  for (const currency of Intl.supportedValuesOf("currency"))
    for (const value of [1_234, 450_000, 1_200.5, -30, 0])
      expect(parseMoney(formatMoney(value, currency), currency), currency).toBe(value);
});

test("how a sum is read is said where another country would read it otherwise", () => {
  expect(readingOfMoney("250.000", "EUR")).toBe("= €250,000");
  expect(readingOfMoney("1,500", "EUR")).toBe("= €1,500");
  expect(readingOfMoney("CHF 1.500", "CHF")).toBe("= CHF\u00a01,500");
  expect(readingOfMoney("€1,500", "EUR"), "as a form shows it").toBeNull();
  for (const plain of ["", "250", "1.5", "99,95", "1.250.000", "1.234,50", "1.234m", "450k", "0.125", "much"])
    expect(readingOfMoney(plain, "EUR"), plain).toBeNull();
});
