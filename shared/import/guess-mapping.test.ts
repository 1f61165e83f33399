import { expect, test } from "vitest";
import { guessMapping, type ImportTarget } from "./guess-mapping.ts";

const targets: ImportTarget[] = [
  { path: "name", label: "Name", type: "text" },
  { path: "phone", label: "Phone", type: "phone" },
  { path: "email", label: "E-mail", type: "email" },
  { path: "source", label: "Source", type: "text" },
  { path: "score", label: "Score", type: "number" },
];
const repeat = (count: number, ...values: string[]) =>
  Array.from({ length: count }, (_, at) => values[at % values.length] ?? "");
const fieldsOf = (
  columns: { header: string; values: string[] }[],
  last: Record<string, string | null> | null = null,
) =>
  Object.fromEntries(
    Array.from(guessMapping(columns, targets, last), ([header, { field }]) => [header, field]),
  );

test("a header that only sounds like a field is not believed when its values speak against it", () => {
  expect(
    fieldsOf([
      // The bank file: how a customer was reached, and how often in this campaign.
      { header: "contact", values: repeat(1_000, "cellular", "telephone") },
      { header: "campaign", values: repeat(1_000, "1", "2", "3") },
      { header: "mail", values: repeat(40, "yes", "no") },
      { header: "mobile", values: repeat(40, "iPhone", "Android") },
      { header: "rating", values: repeat(40, "AAA", "BB") },
    ]),
  ).toEqual({ contact: null, campaign: null, mail: null, mobile: null, rating: null });
});

test("the same headers are believed where the values fit, or are too few to say", () => {
  expect(
    fieldsOf([
      { header: "contact", values: Array.from({ length: 40 }, (_, n) => `Maria ${n} Lopez`) },
      { header: "campaign", values: repeat(1_000, "Spring fair", "Web form") },
      { header: "mail", values: repeat(40, "a@b.example", "c@d.example", "none") },
      { header: "mobile", values: ["312 555 0101"] },
      { header: "rating", values: repeat(40, "10", "85") },
    ]),
  ).toEqual({ contact: "name", campaign: "source", mail: "email", mobile: "phone", rating: "score" });
  expect(fieldsOf([{ header: "contact", values: ["Maria", "Maria"] }])).toEqual({ contact: "name" });
});

test("a field's own label is believed whatever stands below it: errors and questions say what is wrong", () => {
  expect(fieldsOf([{ header: "Name", values: repeat(100, "1") }])).toEqual({ Name: "name" });
});

test("what somebody left out last time is left out again, unless the tenant has a field of that name now", () => {
  const columns = [
    { header: "contact", values: ["Maria", "Ben", "Cai"] },
    { header: "Reach", values: ["a@b.example", "c@d.example", "e@f.example"] },
  ];
  expect(fieldsOf(columns, { contact: null, Reach: null })).toEqual({ contact: null, Reach: null });
  expect(guessMapping(columns, targets, { contact: null }).get("contact")?.why.text).toBe(
    "left out last time",
  );
  const own: ImportTarget = { path: "custom.reach", label: "Reach", type: "text" };
  expect(guessMapping(columns, [...targets, own], { Reach: null }).get("Reach")?.field).toBe("custom.reach");
});
