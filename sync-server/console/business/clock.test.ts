import { expect, test } from "vitest";
import { parseClock, sayOvernight } from "./clock.ts";

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

test.each([
  ["09:00", "17:30", null],
  ["18:00", "00:00", "Until midnight"],
  ["22:00", "06:00", "The next day"],
  ["00:00", "00:00", "Day and night"],
])("it is said of hours from %s to %s where they end", (opens, closes, said) => {
  expect(sayOvernight(opens, closes)).toBe(said);
});
