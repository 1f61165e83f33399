import { expect, test } from "vitest";
import { parseValue } from "../../../shared/import/parse-value.ts";
import { parseNumber, readingOfNumber } from "./parse-number.ts";

const typedNumbers: [typed: string, value: number][] = [
  [" 1,200 ", 1_200],
  ["1,200.5", 1_200.5],
  ["12,5", 12.5],
  ["4.857", 4.857],
  ["1.234.567", 1_234_567],
  ["1,50,000", 150_000],
  ["-3", -3],
];

test.each(typedNumbers)("%s is %d, typed by hand as in a file", (typed, value) => {
  expect(parseNumber(typed)).toBe(value);
  expect(parseValue(typed, "number", { country: "DE", dateOrder: null })).toEqual({ ok: true, value });
});

test.each(["", "many", "12 apples", "--5"])("%j is no number", (typed) => {
  expect(parseNumber(typed)).toBeNull();
});

test("how a number is read is said where another country would read it otherwise", () => {
  expect(readingOfNumber("250.000")).toBe("= 250");
  expect(readingOfNumber("1,234 %")).toBe("= 1,234");
  for (const plain of ["", "12", "4.857", "1,234", "12,5", "1.234.567", "many"])
    expect(readingOfNumber(plain)).toBeNull();
});
