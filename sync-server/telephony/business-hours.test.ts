import { expect, test } from "vitest";
import { isOpen, nextOpeningOf } from "./business-hours.ts";

const day = { opens: "08:30", closes: "18:00" };
const newYork = {
  timeZone: "America/New_York",
  hours: [day, day, day, day, day, null, null],
  holidays: [{ on: "2026-11-26", name: "Thanksgiving" }],
};
const at = (text: string) => isOpen(newYork, Date.parse(text));

test("callers are put through in the tenant's own hours, by its own clock", () => {
  expect(at("2026-11-20T13:29:00Z")).toBe(false);
  expect(at("2026-11-20T13:30:00Z")).toBe(true);
  expect(at("2026-11-20T22:59:00Z")).toBe(true);
  expect(at("2026-11-20T23:00:00Z")).toBe(false);
  // 02:00 UTC on Saturday is Friday evening there.
  expect(at("2026-11-21T02:00:00Z")).toBe(false);
});

test("nobody is put through on closed days and holidays", () => {
  expect(at("2026-11-21T15:00:00Z")).toBe(false);
  expect(at("2026-11-26T15:00:00Z")).toBe(false);
  expect(at("2026-11-27T15:00:00Z")).toBe(true);
});

test("a tenant without hours is open", () => {
  const hours = [null, null, null, null, null, null, null];
  expect(isOpen({ timeZone: "UTC", hours, holidays: [] }, 0)).toBe(true);
});

test.each([
  ["in the night", "2026-11-20T05:00:00Z", "2026-11-20T13:30:00Z"],
  ["in the evening", "2026-11-19T23:30:00Z", "2026-11-20T13:30:00Z"],
  ["over a weekend", "2026-11-21T15:00:00Z", "2026-11-23T13:30:00Z"],
  ["over a holiday", "2026-11-26T01:00:00Z", "2026-11-27T13:30:00Z"],
])("it opens again %s", (_when, from, to) => {
  expect(new Date(nextOpeningOf(newYork, Date.parse(from)) ?? 0).toISOString()).toBe(
    to.replace("Z", ".000Z"),
  );
});

test("where every day is a holiday it does not open again", () => {
  const start = Date.parse("2026-12-01T00:00:00Z");
  const holidays = Array.from({ length: 90 }, (_, n) => {
    return { on: new Date(start + n * 86_400_000).toISOString().slice(0, 10), name: "closed" };
  });
  expect(nextOpeningOf({ ...newYork, holidays }, start + 86_400_000)).toBeNull();
});
