import { expect, test } from "vitest";
import { numberAtExchange } from "./number-at-exchange.ts";

test.each([
  ["442071234567", "GB", "+442071234567"],
  ["02071234567", "GB", "+442071234567"],
  ["00442071234567", "US", "+442071234567"],
  ["442071234567", "US", "+442071234567"],
  ["12125550147", "US", "+12125550147"],
  ["2125550147", "US", "+12125550147"],
  ["30123456", "DE", "+4930123456"],
  ["21234567", "NO", "+4721234567"],
  ["33142685300", "GB", "+33142685300"],
  ["+1 312-555-0147", "GB", "+13125550147"],
  // Kept for fiction: given out to nobody, and of the right length.
  ["01632960123", "GB", "+441632960123"],
])("%s at an exchange in %s is %s", (written, country, e164) => {
  expect(numberAtExchange(written, country)).toBe(e164);
});

test.each([
  ["101", "GB"],
  ["2041", "DE"],
  ["112", "DE"],
  ["204112", "PL"],
  ["5551234", "US"],
  ["3125550147", "GB"],
  ["anonymous", "GB"],
  ["maria.kowalski", "US"],
  ["", "US"],
  ["+12", "US"],
  ["02071234567", "XX"],
])("“%s” in %s is no whole number, and stays as it was said", (written, country) => {
  expect(numberAtExchange(written, country)).toBe(written);
});
