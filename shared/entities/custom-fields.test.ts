import { expect, test } from "vitest";
import { customDefaults, isEmptyValue, isNeeded } from "./custom-fields.ts";

test("a new record has what the tenant's fields begin with, a “no” and a nought among it", () => {
  const fields = [
    { key: "seating", default: "Fixed" },
    { key: "rent", default: 0 },
    { key: "parking", default: false },
    { key: "wishes", default: ["garden"] },
    { key: "floor", default: null },
    { key: "agency", default: "" },
    { key: "rooms", default: [] },
  ];
  expect(customDefaults(fields)).toEqual({ seating: "Fixed", rent: 0, parking: false, wishes: ["garden"] });
});

test("asked for is what is required and does not begin with something", () => {
  expect(isNeeded({ required: true, default: null })).toBe(true);
  expect(isNeeded({ required: true, default: [] })).toBe(true);
  expect(isNeeded({ required: true, default: "Fixed" })).toBe(false);
  expect(isNeeded({ required: false, default: null })).toBe(false);
  expect([0, false, "x"].map(isEmptyValue)).toEqual([false, false, false]);
});
