import { expect, test } from "vitest";
import { parseLength, parseMoment, sayLength, sayMoment } from "./say-times.ts";

test.each([
  [20_000, "20 s"],
  [300_000, "5 min"],
  [90_000, "1:30 min"],
  [0, "0 s"],
])("%i ms is said as “%s”, and understood", (ms, text) => {
  expect(sayLength(ms)).toBe(text);
  expect(parseLength(text)).toBe(ms);
});

test("other ways to type a time", () => {
  expect(parseLength("45")).toBe(45_000);
  expect(parseLength("2 minutes")).toBe(120_000);
  expect(parseLength("soon")).toBeNull();
  expect(parseLength("1:75")).toBeNull();
  expect(sayMoment(60_000)).toBe("1:00 in the call");
  expect(parseMoment("1:00 in the call")).toBe(60_000);
  expect(parseMoment("0:30")).toBe(30_000);
});
