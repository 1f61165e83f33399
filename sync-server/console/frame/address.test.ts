import { expect, test } from "vitest";
import { addressOf, partsOf } from "./address.ts";

test("an address leads back to its parts, whatever they contain", () => {
  const parts = ["fields", "leads", "field:leads:size/m² %"];
  expect(partsOf(addressOf(...parts))).toEqual(parts);
});

test("an address that is none of ours, or mangled, is no error", () => {
  expect(partsOf("/reference/people")).toEqual([]);
  expect(partsOf("/console/")).toEqual([]);
  expect(partsOf("/console/people/%E0%A4%A")).toEqual(["people", "%E0%A4%A"]);
});
