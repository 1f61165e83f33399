import { expect, test } from "vitest";
import { readDialled } from "./read-dialled.ts";

const byCarrier = (typed: string, country = "US") => readDialled(typed, { country, atExchange: false });
const atExchange = (typed: string, country = "US") => readDialled(typed, { country, atExchange: true });

test.each([
  ["911", "US", "911"],
  ["1-1-2", "US", "112"],
  ["999", "GB", "999"],
  ["+49 112", "US", "+49112"],
])("an emergency number (%s, in %s) is dialled as it stands", (typed, country, number) => {
  expect(byCarrier(typed, country)).toEqual({ number, kind: "emergency" });
  expect(atExchange(typed, country)).toEqual({ number, kind: "emergency" });
});

test("a number without a prefix is one of the country", () => {
  expect(byCarrier("(312) 555-0147")).toEqual({ number: "+13125550147", kind: "public" });
  expect(atExchange("(312) 555-0147")).toEqual({ number: "+13125550147", kind: "public" });
});

test("a short number is an extension at the own exchange, also where the country has numbers as short", () => {
  expect(atExchange("60 01")).toEqual({ number: "6001", kind: "extension" });
  expect(atExchange("12345", "DE")).toEqual({ number: "12345", kind: "extension" });
  expect(byCarrier("12345", "DE")).toEqual({ number: "+4912345", kind: "public" });
  expect(byCarrier("60 01")).toEqual({ number: "6001", kind: "short" });
});

test.each(["", "7", "Maria Kowalski", "312-555-01"])("%j is no number", (typed) => {
  expect(byCarrier(typed)).toBeNull();
  expect(atExchange(typed)).toBeNull();
});
