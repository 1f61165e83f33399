import { expect, test } from "vitest";
import { identifyNumber } from "./identify-number.ts";
import { isEmergencyNumber } from "./short-numbers.ts";

test.each([
  ["(312) 555-0147", "US", { e164: "+13125550147", country: "US", areaCode: "312", costs: "usual" }],
  ["020 7946 0118", "GB", { e164: "+442079460118", country: "GB", areaCode: "", costs: "usual" }],
  // Ofcom keeps it for drama: no plan gives it out, and the prefix serves four countries.
  ["+447700900123", "US", { e164: "+447700900123", country: "GB", areaCode: "", costs: "usual" }],
  ["1-900-555-0123", "US", { e164: "+19005550123", country: "US", areaCode: "900", costs: "premium" }],
  ["+44 909 879 0000", "US", { e164: "+449098790000", country: "GB", areaCode: "", costs: "premium" }],
  ["+1 876 555 0123", "US", { country: "JM", areaCode: "876" }],
])("%s, written in %s", (text, country, expected) => {
  expect(identifyNumber(text, country)).toMatchObject({ ok: true, value: expected });
});

test.each([
  ["", "not-a-number"],
  ["call reception", "not-a-number"],
  ["+", "not-a-number"],
  ["0000000000000000000000", "not-a-number"],
  ["312-555-01", "not-a-number"],
  ["<script>", "not-a-number"],
  ["555 0147 or 0148", "not-a-number"],
  ["911", "emergency-number"],
  ["+1911", "emergency-number"],
  ["+44 999", "emergency-number"],
  ["1-1-2", "emergency-number"],
  ["988", "emergency-number"],
  ["411", "short-number"],
  ["40404", "short-number"],
])("%j is refused as %s, in a sentence", (text, code) => {
  const refused = identifyNumber(text, "US");
  expect(refused).toMatchObject({ ok: false, error: { code, untilMs: null } });
  expect(!refused.ok && refused.error.sentence).toMatch(/^[A-Z].*\.$/u);
});

test("numbers that only begin or end like one are no emergency numbers", () => {
  expect(["+13125550911", "9115550147", "3125550147", "1911"].map(isEmergencyNumber)).toEqual([false, false, false, false]); // prettier-ignore
});

test("a country that nobody knows is no reason to fail", () => {
  expect(identifyNumber("3125550147", "QQ")).toMatchObject({ ok: false });
  expect(identifyNumber("+13125550147", "QQ")).toMatchObject({ ok: true, value: { country: "US" } });
});
