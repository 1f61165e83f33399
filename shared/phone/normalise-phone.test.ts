import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { looksLikePhone, normalisePhone } from "./normalise-phone.ts";

test.each([
  ["(312) 555-0171", "US", "+13125550171"],
  ["617.555.0126", "US", "+16175550126"],
  ["020 7946 0164", "GB", "+442079460164"],
  ["0049 30 901820", "US", "+4930901820"],
  ["+49 (0)30 901820", "DE", "+4930901820"],
  [" +1 312-555-0147 ", "DE", "+13125550147"],
])("%s in %s is %s", (text, country, e164) => {
  expect(normalisePhone(text, country)).toEqual({ ok: true, e164 });
});

test.each([
  ["202-555-019", "US", "too-short"],
  ["+1 312 555 01711", "US", "too-long"],
  ["call reception", "US", "not-a-number"],
  ["", "US", "not-a-number"],
])("%s in %s is %s", (text, country, problem) => {
  expect(normalisePhone(text, country)).toEqual({ ok: false, problem });
});

test("years, prices and dates are no phone numbers", () => {
  expect(["2026", "$480,000", "31/03/27", "12.5"].map(looksLikePhone)).toEqual([false, false, false, false]);
  expect(["(312) 555-0171", "+442079460164", "617.555.0126"].map(looksLikePhone)).toEqual([true, true, true]);
});

const examples = new URL("../../../shared/data/phone/example_numbers.json", import.meta.url);
const missing = existsSync(examples) ? false : "skipped: shared/data/phone is not on this machine";
if (missing) process.stdout.write(`${missing}\n`);

test.skipIf(missing)(
  "every example number of libphonenumber becomes its E.164 form, written nationally or not",
  () => {
    const numbers = JSON.parse(readFileSync(examples, "utf8")) as {
      region: string;
      national: string;
      e164: string;
    }[];
    expect(numbers.length).toBeGreaterThan(300);
    for (const { region, national, e164 } of numbers) {
      const expected = { ok: true, e164 };
      expect([e164, normalisePhone(e164, "US")]).toEqual([e164, expected]);
      // 001 stands for numbers that belong to no country: without their prefix nobody can tell them apart.
      if (region !== "001")
        expect([region, national, normalisePhone(national, region)]).toEqual([region, national, expected]);
    }
  },
);
