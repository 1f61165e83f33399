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

test.each([
  ["up to midnight", { opens: "18:00", closes: "00:00" }, ["18:00", "23:59"], ["00:00", "17:59"]],
  ["over midnight", { opens: "22:00", closes: "06:00" }, ["22:00", "00:00", "05:59"], ["06:00", "21:59"]],
  ["day and night", { opens: "08:00", closes: "08:00" }, ["00:00", "07:59", "08:00", "23:59"], []],
])("it may be open %s", (_how, night, open, closed) => {
  const hours = Array.from({ length: 7 }, () => night);
  const isOpenAt = (clock: string) =>
    isOpen({ timeZone: "UTC", hours, holidays: [] }, Date.parse(`2026-11-20T${clock}:00Z`));
  expect(open.filter((clock) => !isOpenAt(clock))).toEqual([]);
  expect(closed.filter(isOpenAt)).toEqual([]);
});

test("a night goes on into a holiday, on which no other begins", () => {
  const hours = Array.from({ length: 7 }, () => ({ opens: "22:00", closes: "06:00" }));
  const isOpenAt = (text: string) =>
    isOpen({ timeZone: "UTC", hours, holidays: newYork.holidays }, Date.parse(text));
  expect(["2026-11-26T05:59:00Z", "2026-11-27T22:00:00Z"].map(isOpenAt)).toEqual([true, true]);
  expect(["2026-11-26T22:30:00Z", "2026-11-27T05:00:00Z"].map(isOpenAt)).toEqual([false, false]);
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
