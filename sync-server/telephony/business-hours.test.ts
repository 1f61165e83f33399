import { expect, test } from "vitest";
import { isOpen } from "./business-hours.ts";

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
