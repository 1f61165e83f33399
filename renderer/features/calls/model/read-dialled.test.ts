import { expect, test } from "vitest";
import { readDialled } from "./read-dialled.ts";

test.each([
  ["911", "US", "911"],
  ["1-1-2", "US", "112"],
  ["999", "GB", "999"],
  ["+49 112", "US", "+49112"],
])("an emergency number (%s, in %s) is dialled as it stands", (typed, country, number) => {
  expect(readDialled(typed, country)).toEqual({ number, isEmergency: true });
});

test("a number without a prefix is one of the country", () => {
  expect(readDialled("(312) 555-0147", "US")).toEqual({ number: "+13125550147", isEmergency: false });
});

test.each(["", "Maria Kowalski", "312-555-01"])("%j is no number", (typed) => {
  expect(readDialled(typed, "US")).toBeNull();
});
