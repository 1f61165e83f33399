import { expect, test } from "vitest";
import type { Range } from "../../../shared/calls/compliance/dial-rules.ts";
import { defaultWindows } from "../../../shared/calls/compliance/default-rules.ts";
import { parseRanges, sayRanges, sayWeek } from "./hours-words.ts";
import { everyPlace, placeName } from "./place-names.ts";

test.each([
  ["9-17", "09:00–17:00"],
  ["9:30 to 1pm, 14:00–20", "09:30–13:00, 14:00–20:00"],
  ["14-20 and 9-15", "09:00–20:00"],
  ["18-24", "18:00–24:00"],
  ["8pm - 12am", "20:00–24:00"],
  ["all day", "00:00–24:00"],
  ["closed", ""],
])("%s is read as %s", (typed, hours) => {
  expect(sayRanges(parseRanges(typed) ?? [])).toBe(hours);
});

test.each(["soon", "17-9", "9", "9-17-20", "9-25"])("%s is no time of day", (typed) => {
  expect(parseRanges(typed)).toBeNull();
});

test("what is shown is read back as the same hours", () => {
  for (const { days } of defaultWindows)
    for (const day of days) expect(parseRanges(sayRanges(day))).toEqual(day);
});

test("days that follow each other with the same hours are said once", () => {
  const hours: Range[] = [{ from: "20:00", to: "21:00" }];
  expect(sayWeek([hours, hours, hours, hours, hours, [], hours])).toBe(
    "Monday to Friday 20:00–21:00, Sunday 20:00–21:00",
  );
  expect(sayWeek([[], [], [], [], [], hours, hours])).toBe("Saturday and Sunday 20:00–21:00");
  expect(sayWeek(Array.from({ length: 7 }, () => hours))).toBe("Every day 20:00–21:00");
});

test("every place with hours of Ringside's has a name, and can be chosen", () => {
  const known = new Set(everyPlace());
  for (const { where } of defaultWindows.filter((rule) => rule.where !== "*")) {
    expect(known.has(where), where).toBe(true);
    expect(placeName(where)).not.toBe(where);
  }
});
