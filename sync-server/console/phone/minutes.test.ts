import { expect, test } from "vitest";
import { parseMinutes, sayMinutes } from "./minutes.ts";

test.each([
  ["30", 30],
  ["45 min", 45],
  ["2h", 120],
  ["1.5 hours", 90],
  ["1,5 h", 90],
  ["3 days", 4_320],
  ["soon", null],
  ["2 weeks", null],
  ["-5", null],
])("%s is %s minutes", (typed, minutes) => {
  expect(parseMinutes(typed)).toBe(minutes);
});

test("what is shown is read back as the same time", () => {
  for (const minutes of [1, 45, 60, 90, 120, 1_440, 2_880, 43_200])
    expect(parseMinutes(sayMinutes(minutes))).toBe(minutes);
  expect([sayMinutes(90), sayMinutes(240), sayMinutes(1_440)]).toEqual(["90 min", "4 h", "1 day"]);
});
