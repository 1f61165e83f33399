import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTold, toldNothing } from "./told.ts";

const phoneIn = (said: string, asked: Parameters<typeof readTold>[2] = null) =>
  readTold(toldNothing, said, asked).phone;
const two = (n: number) => String(n).padStart(2, "0");

describe("what is no telephone number", () => {
  test.each([
    "Two floors in Chicago by 01/02/2027, up to 500 000",
    "From 01.03.2027",
    "2027-01-05",
    "Call me back after 2027-01-05",
    "Between 250 000 - 300 000",
    "From 01.02. - 05.02., or 2026-2027",
    "Tuesday 10.00 - 12.30",
    "On 05.12. 10.30, or 01/12/26 - 05/12/26",
    "About 250 000 (1200 sq ft), or 5 000 2026",
    "Up to 1 250 000 € or 2500000 USD, never $ 3 100 000",
    "250000-300000",
    "1.250.000",
    "Our budget is 1500000",
    "٢٠٢٧-٠١-٠٥ أو ٥٠٠٠٠٠ درهم",
    "५००००० रुपये तक",
  ])("%s", (said) => {
    expect(phoneIn(said)).toBe("");
  });

  test("any day, as it is usually written", () => {
    const day = fc.record({
      year: fc.integer({ min: 1990, max: 2060 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 31 }),
      sign: fc.constantFrom("/", ".", "-", " "),
      form: fc.constantFrom("year first", "day first", "month first", "short"),
      around: fc.constantFrom("by ?", "? at 14:30", "from ? on", "? - ?", "call me after ?, please", "(?)"),
    });
    const writtenOf = ({
      year,
      month,
      day: d,
      sign,
      form,
    }: typeof day extends fc.Arbitrary<infer D> ? D : never) =>
      form === "year first"
        ? [year, two(month), two(d)].join(sign)
        : form === "short"
          ? [d, month, year].join(sign)
          : [...(form === "day first" ? [two(d), two(month)] : [two(month), two(d)]), year].join(sign);
    fc.assert(
      fc.property(day, fc.constantFrom(null, "need", "when", "contact", "phone"), (one, asked) => {
        const said = one.around.replaceAll("?", writtenOf(one));
        expect(phoneIn(said, asked as Parameters<typeof readTold>[2]), said).toBe("");
      }),
    );
  });

  test("any sum or span of sums, as it is usually written", () => {
    const sum = fc.record({
      amount: fc.integer({ min: 1, max: 90_000 }).map((n) => n * 1_000),
      more: fc.integer({ min: 1, max: 9_000 }).map((n) => n * 1_000),
      sign: fc.constantFrom(" ", ".", ",", "'", "\u00a0", ""),
      form: fc.constantFrom("up to ?", "? EUR", "€?", "? - +", "?-+", "? – +", "between ? and + dollars"),
    });
    const grouped = (n: number, sign: string) => String(n).replaceAll(/\B(?=(?:\d{3})+$)/gu, sign);
    fc.assert(
      fc.property(sum, ({ amount, more, sign, form }) => {
        const [from, to] = [grouped(amount, sign), grouped(amount + more, sign)];
        const said = form.replace("?", from).replace("+", to);
        expect(phoneIn(said, "need"), said).toBe("");
      }),
    );
  });
});

test.each([
  ["Call +1 312 555 0147 after 01/02/2027", "+1 312 555 0147"],
  ["01/02/2027 - 312 555 0147", "312 555 0147"],
  ["(312) 555-0147", "(312) 555-0147"],
  ["312-555-0147 or 312.555.0199", "312-555-0147"],
  ["5550147", "5550147"],
  ["030 - 123 45 67", "030 - 123 45 67"],
  ["0171/1234567", "0171/1234567"],
  ["01 23 45 67 89", "01 23 45 67 89"],
  ["01.23.45.67.89", "01.23.45.67.89"],
  ["0044 20 7946 0958", "0044 20 7946 0958"],
  ["612 345 678", "612 345 678"],
  ["+971 4 123 4567 by 2027-01-05, up to 2 500 000", "+971 4 123 4567"],
  ["2345-6789", "2345-6789"],
  ["98765 43210", "98765 43210"],
  ["(+49) 171 1234567, 10-12 h", "+49 171 1234567"],
  ["+1 312 555 0147 10-12", "+1 312 555 0147"],
  ["try 312 555 0147, all 500 000 EUR", "312 555 0147"],
  ["312 555 0147, 500 000 €", "312 555 0147"],
  ["EUR 5 0171 2345678", "0171 2345678"],
  ["312 000 0147", "312 000 0147"],
  ["رقمي ٠١٢٣٤٥٦٧٨٩", "0123456789"],
  ["با ۰۹۱۲ ۳۴۵ ۶۷۸۹ تماس بگیرید", "0912 345 6789"],
  ["मेरा नंबर ०९८७६५४३२१० है", "09876543210"],
  ["＋８１（９０）１２３４－５６７８へ", "+81(90)1234-5678"],
  ["电话13912345678谢谢", "13912345678"],
  ["010-1234-5678로 전화", "010-1234-5678"],
])("the number in: %s", (said, number) => {
  expect(phoneIn(said)).toBe(number);
});

test("whoever is asked for a number may have a round one", () => {
  expect(phoneIn("900 100 000", "contact")).toBe("900 100 000");
  expect(phoneIn("5550000", "phone")).toBe("5550000");
  expect(phoneIn("500 000 - 900 000", "phone")).toBe("");
  expect(phoneIn("1 500 000 EUR", "phone")).toBe("");
});

test("a number with its country that is none is asked for again", () => {
  expect(phoneIn("+1 312 555", "phone")).toBe("");
});

const examples = new URL("../../../shared/data/phone/example_numbers.json", import.meta.url);
const missing = existsSync(examples) ? false : "skipped: shared/data/phone is not on this machine";
if (missing) process.stdout.write(`${missing}\n`);

test.skipIf(missing)("every example number of libphonenumber is taken, with its country and without", () => {
  const numbers = JSON.parse(readFileSync(examples, "utf8")) as { national: string; e164: string }[];
  expect(numbers.length).toBeGreaterThan(300);
  for (const { national, e164 } of numbers) {
    // The short ones of small countries could be anything.
    if (national.replaceAll(/\D/gu, "").length < 7) continue;
    expect(phoneIn(`It is ${e164}, after 2027-01-05`)).toBe(e164);
    expect(phoneIn(`It is ${national}.`, "phone"), national).toBe(national);
  }
});
