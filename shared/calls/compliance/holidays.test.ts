import { expect, test } from "vitest";
import { holidayOn, weekdayOf } from "./holidays.ts";

const us = { country: "US", regions: ["US-AL"] };

test.each([
  ["2026-01-19", "Martin Luther King Jr. Day"],
  ["2026-02-16", "Washington’s Birthday"],
  ["2026-05-25", "Memorial Day"],
  ["2027-05-31", "Memorial Day"],
  ["2026-06-19", "Juneteenth"],
  ["2026-09-07", "Labor Day"],
  ["2026-10-12", "Columbus Day"],
  ["2026-11-26", "Thanksgiving"],
  ["2027-12-24", "Christmas Day, observed"],
  ["2027-07-05", "Independence Day, observed"],
  // New Year’s Day 2028 is a Saturday: the day before is kept, in the year before.
  ["2027-12-31", "New Year’s Day, observed"],
])("%s is %s in the United States", (day, name) => {
  expect(holidayOn(day, us, [])).toBe(name);
});

test.each(["2026-11-19", "2026-05-18", "2026-11-27", "2026-12-24"])("%s is no federal holiday", (day) => {
  expect(holidayOn(day, us, [])).toBeUndefined();
});

test("there are eleven a year, and up to three more days on which they are kept", () => {
  for (let year = 2024; year <= 2040; year += 1) {
    const days = Array.from({ length: 366 }, (_, index) => new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10)); // prettier-ignore
    const names = days
      .filter((day) => day.startsWith(String(year)))
      .flatMap((day) => holidayOn(day, us, []) ?? []);
    expect(new Set(names.filter((name) => !name.endsWith("observed"))).size).toBe(11);
    expect(names.length).toBeLessThanOrEqual(15);
  }
});

test("a tenant's own days hold where they are said to", () => {
  const own = [{ where: "US-AL", on: "2026-04-27", name: "Confederate Memorial Day" }];
  expect(holidayOn("2026-04-27", us, own)).toBe("Confederate Memorial Day");
  expect(holidayOn("2026-04-27", { country: "US", regions: ["US-TX"] }, own)).toBeUndefined();
  expect(holidayOn("2026-11-26", { country: "GB", regions: [] }, own)).toBeUndefined();
});

test("weeks begin on Monday", () => {
  expect(["2026-11-16", "2026-11-22"].map(weekdayOf)).toEqual([0, 6]);
});
