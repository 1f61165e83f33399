import { expect, test } from "vitest";
import { initialsOf } from "./initials.ts";
import { formatPhone, parsePhone } from "./phones.ts";

test.each([
  ["+13125550147", "+1 312-555-0147"],
  ["+442079460118", "+44 20 7946 0118"],
  ["ext. 12", "ext. 12"],
  ["", ""],
])("%s reads %s", (phone, text) => {
  expect(formatPhone(phone)).toBe(text);
});

test("a number without a prefix belongs to the tenant's country", () => {
  expect(parsePhone("(312) 555-0147", "US")).toEqual({ phone: "+13125550147", valid: true });
  expect(parsePhone("020 7946 0118", "GB")).toEqual({ phone: "+442079460118", valid: true });
});

test("what is no number is kept as typed", () => {
  expect(parsePhone(" call the office ", "US")).toEqual({ phone: "call the office", valid: false });
});

test.each([
  ["Maria Kowalski", "MK"],
  ["Ana María del Mar Ruiz", "AR"],
  ["Prince", "P"],
  ["נועה לוי", "נל"],
  ["(no name)", "NN"],
  ["  ", ""],
])("the initials of %s are %s", (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
