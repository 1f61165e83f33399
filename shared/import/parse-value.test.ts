import * as fc from "fast-check";
import { expect, test } from "vitest";
import { guessMapping, guessNameTemplate, type ImportTarget } from "./guess-mapping.ts";
import { parseDay, proveDateOrder } from "./parse-day.ts";
import { parseAmount } from "../text/parse-amount.ts";
import { parseValue } from "./parse-value.ts";

test.each([
  ["$480k", 480_000],
  ["1.2m", 1_200_000],
  ["310000", 310_000],
  ["1,234,567.89", 1_234_567.89],
  ["1.234.567,89 €", 1_234_567.89],
  ["1'250.50", 1250.5],
  ["12,5", 12.5],
  ["1,234", 1234],
  ["(300)", -300],
  ["-$42", -42],
  ["$ -42", -42],
  ["USD 99", 99],
  ["-36.4", -36.4],
  ["4.857", 4.857],
  ["1.1m", 1_100_000],
])("%s is %d", (text, amount) => expect(parseAmount(text)).toEqual({ ok: true, value: amount }));

test.each([
  ["250.000 €", 250_000],
  ["€ 250.000", 250_000],
  ["EUR 250.000", 250_000],
  ["250.000 EUR", 250_000],
  ["250.000 Euro", 250_000],
  ["1.500 kr", 1500],
  ["Fr. 1.500", 1500],
  ["-1.234", -1234],
  ["1.250.000", 1_250_000],
  ["1.5", 1.5],
  ["99.95", 99.95],
  ["0.125", 0.125],
  ["1.234,50 €", 1234.5],
  ["1.234m", 1_234_000],
])("as a sum, %s is %d", (text, sum) =>
  expect(parseValue(text, "money", { country: "DE", dateOrder: null })).toEqual({ ok: true, value: sum }),
);

test("a sum means the same with points, commas, apostrophes or nothing between its thousands, whatever its currency", () => {
  const whole = fc.integer({ min: 1, max: 999_999_999_999 });
  const sign = fc.constantFrom("", "-", "−");
  const dress = fc.constantFrom(
    "#",
    "# €",
    "€#",
    "€ #",
    "EUR #",
    "# EUR",
    "# Euro",
    "CHF #",
    "# kr",
    "$#",
    "# zł",
  );
  fc.assert(
    fc.property(
      whole,
      sign,
      dress,
      fc.constantFrom("", ".", ",", "'", " ", "\u00a0"),
      (sum, minus, dressed, group) => {
        const digits = String(sum).replaceAll(/\B(?=(?:\d{3})+$)/gu, group);
        const text = dressed.replace("#", () => `${minus}${digits}`);
        expect(parseAmount(text, "money"), text).toEqual({ ok: true, value: minus === "" ? sum : -sum });
      },
    ),
    { numRuns: 2_000 },
  );
});

test("a cell of spaces is read as quickly as any other", () => {
  expect(parseAmount(`1${" ".repeat(50_000)}x!`).ok).toBe(false);
  expect(parseAmount(`1${" ".repeat(50_000)}000 €`)).toEqual({ ok: true, value: 1000 });
});

test("a number of three decimals stays one, and so does a sum that no thousand can begin", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 0, max: 999 }), (whole, decimals) => {
      const text = `${whole}.${String(decimals).padStart(3, "0")}`;
      expect(parseAmount(text)).toEqual({ ok: true, value: Number(text) });
      if (whole === 0) expect(parseAmount(text, "money")).toEqual({ ok: true, value: Number(text) });
    }),
  );
});

test.each(["", "abc", "12 apples", "1.2.3.4x", "5e400000", "--5", "Tel 1", "9999999999999"])(
  "%s is no amount",
  (text) => {
    expect(parseAmount(text).ok).toBe(false);
  },
);

test.each([
  ["2026-05-04", null, "2026-05-04"],
  ["2026/5/4 10:30", null, "2026-05-04"],
  ["31/03/27", null, "2027-03-31"],
  ["03/31/2027", null, "2027-03-31"],
  ["4.5.2026", "day-first", "2026-05-04"],
  ["4/5/2026", "month-first", "2026-04-05"],
  ["5/5/2026", null, "2026-05-05"],
  ["3 May 2026", null, "2026-05-03"],
  ["May 3rd, 2026", null, "2026-05-03"],
] as const)("%s with %s is %s", (text, order, day) =>
  expect(parseDay(text, order)).toEqual({ ok: true, value: day }),
);

test("a date that can be read two ways is asked about, one that does not exist is refused", () => {
  expect(parseDay("4/5/2026", null)).toEqual({ ok: false, error: "Day or month first?" });
  expect(parseDay("31/02/2026", "day-first").ok).toBe(false);
  expect(parseDay("soon", null).ok).toBe(false);
  expect(proveDateOrder(["01/02/2026", "31/03/2026"])).toBe("day-first");
  expect(proveDateOrder(["01/02/2026", "03/31/2026"])).toBe("month-first");
  expect(proveDateOrder(["01/02/2026"])).toBeNull();
  expect(proveDateOrder(["31/01/2026", "01/31/2026"])).toBeNull();
});

test("cells of each type", () => {
  const context = { country: "US", dateOrder: null };
  expect(parseValue(" Yes ", "boolean", context)).toEqual({ ok: true, value: true });
  expect(parseValue("nein", "boolean", context)).toEqual({ ok: true, value: false });
  expect(parseValue("maybe", "boolean", context).ok).toBe(false);
  expect(parseValue("Nadia@Fairfield.Example", "email", context)).toEqual({
    ok: true,
    value: "nadia@fairfield.example",
  });
  expect(parseValue("nadia at fairfield", "email", context).ok).toBe(false);
  expect(parseValue("fairfield.example/x", "url", context)).toEqual({
    ok: true,
    value: "https://fairfield.example/x",
  });
  expect(parseValue("(312) 555-0171", "phone", context)).toEqual({ ok: true, value: "+13125550171" });
  expect(parseValue("202-555-019", "phone", context)).toEqual({
    ok: false,
    error: "Phone has too few digits",
  });
});

const targets: ImportTarget[] = [
  { path: "name", label: "Name", type: "text" },
  { path: "company", label: "Company", type: "text" },
  { path: "phone", label: "Phone", type: "phone" },
  { path: "phoneSecond", label: "Phone, second", type: "phone" },
  { path: "email", label: "E-mail", type: "email" },
  {
    path: "stage",
    label: "Stage",
    type: "select",
    choices: [
      { key: "new", names: ["new", "New"] },
      { key: "contacted", names: ["Contacted"] },
    ],
  },
  {
    path: "ownerId",
    label: "Owner",
    type: "select",
    choices: [
      { key: "u1", names: ["Ana Ruiz", "aruiz"] },
      { key: "u2", names: ["bokafor"] },
    ],
  },
  { path: "custom.budget", label: "Budget", type: "money" },
  { path: "custom.emp_var_rate", label: "emp.var.rate", type: "number" },
];

test("columns find their fields by last import, name, synonym and values, each field once", () => {
  const column = (header: string, ...values: string[]) => ({ header, values });
  const guesses = guessMapping(
    [
      column("Full Name", "Nadia"),
      column("Org", "Fairfield"),
      column("Nummer A", "(312) 555-0171", "617.555.0126", "312 555 0102"),
      column("Nummer B", "(312) 555-0171", "617.555.0126", "312 555 0103"),
      column("Kontakt", "a@b.example", "c@d.example", "e@f.example"),
      column("Zustand", "New", "Contacted", "new"),
      column("Wer", "aruiz", "bokafor", "aruiz"),
      column("Annual spend", "$480k", "$310000", "$1.2m"),
      column("emp.var.rate", "1.1"),
      column("Badge ID", "EX-20418", "EX-20419", "EX-1"),
    ],
    targets,
    { "Badge ID": null, Org: "company" },
  );
  expect([...guesses].map(([header, { field, why }]) => [header, field, why.kind, why.text])).toEqual([
    ["Full Name", "name", "same-name", "same name"],
    ["Org", "company", "last-import", "same as last import"],
    ["Nummer A", "phone", "values", "100% are numbers"],
    ["Nummer B", "phoneSecond", "values", "100% are numbers"],
    ["Kontakt", "email", "values", "100% are addresses"],
    ["Zustand", "stage", "values", "values look alike"],
    ["Wer", "ownerId", "values", "matched 2 people"],
    ["Annual spend", "custom.budget", "values", "money in all rows"],
    ["emp.var.rate", "custom.emp_var_rate", "same-name", "same name"],
    ["Badge ID", null, "last-import", "left out last time"],
  ]);
});

test("first and last name become one", () => {
  expect(guessNameTemplate(["First Name", "Last Name", "Mail"])).toBe("{First Name} {Last Name}");
  expect(guessNameTemplate(["Name"])).toBeNull();
});
