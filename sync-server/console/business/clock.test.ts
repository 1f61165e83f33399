import { expect, test } from "vitest";
import { minutesBetween, parseClock } from "./clock.ts";

test.each([
  ["9", "09:00"],
  ["9:30", "09:30"],
  ["930", "09:30"],
  ["9.30", "09:30"],
  ["0", "00:00"],
  ["17:05", "17:05"],
  ["1705", "17:05"],
  ["5pm", "17:00"],
  ["5:15 p.m.", "17:15"],
  ["12am", "00:00"],
  ["12 pm", "12:00"],
  [" 23:59 ", "23:59"],
])("%j is %s", (typed, clock) => expect(parseClock(typed)).toBe(clock));

test.each(["", "24:00", "9:60", "13pm", "0am", "nine", "9:3", "-9"])("%j is no time", (typed) => {
  expect(parseClock(typed)).toBeNull();
});

test("the length of a day is counted in minutes, and a night is none", () => {
  expect(minutesBetween("09:00", "17:30")).toBe(510);
  expect(minutesBetween("22:00", "06:00")).toBeLessThan(0);
});
