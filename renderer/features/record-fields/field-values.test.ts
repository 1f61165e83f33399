import { describe, expect, test } from "vitest";
import type { FieldKind, RecordField } from "./record-field.ts";
import { emptyValue, leaveField, optionChoices, readTyped, typedText, wordsOfLost } from "./field-values.ts";

const context = { country: "US", currency: "USD", now: new Date(2026, 10, 18) };
const field = (kind: FieldKind, custom: object | null = {}): RecordField =>
  ({ path: "x", label: "Headcount", kind, custom }) as RecordField;
const read = (kind: FieldKind, typed: string) => readTyped(field(kind), typed, context);

test.each([
  ["number", " 1,200 ", 1200],
  ["money", "$450k", 450_000],
  ["date", "1 Mar 2027", "2027-03-01"],
  ["phone", "(312) 555-0147", "+13125550147"],
  ["email", "maria.k@halden.example", "maria.k@halden.example"],
  ["url", "halden.example/rent", "https://halden.example/rent"],
  ["tags", "parking, CFO, parking,", ["parking", "CFO"]],
  ["score", "87", 87],
  ["text", " West Loop ", "West Loop"],
] as const)("%s: %s", (kind, typed, value) => {
  expect(read(kind, typed)).toEqual({ ok: true, value });
});

test.each([
  ["number", "many"],
  ["money", "a lot"],
  ["date", "soon"],
  ["phone", "202-555-019"],
  ["email", "maria at halden"],
  ["url", "not a url"],
  ["score", "101"],
] as const)("%s does not take %s and says why", (kind, typed) => {
  expect(read(kind, typed)).toEqual({ ok: false, error: expect.stringMatching(/\.$/u) });
});

test("what a field went away with and cannot take is said, and why", () => {
  expect(wordsOfLost(field("number"), " many ", "Not a number.")).toBe(
    "“many” was not kept as Headcount. Not a number.",
  );
});

test("an option that a record has chosen is among the choices although it is not offered any more", () => {
  const offered = { options: ["Parking", "Terrace"] };
  const values = (held: Parameters<typeof optionChoices>[1]) =>
    optionChoices(offered, held).map(({ value, note }) => (note ? `${value} (${note})` : value));
  expect(values(null)).toEqual(["Parking", "Terrace"]);
  expect(values(["Terrace", "Pool"])).toEqual(["Parking", "Terrace", "Pool (not offered any more)"]);
  expect(values("Pool")).toEqual(["Parking", "Terrace", "Pool (not offered any more)"]);
});

describe("empty", () => {
  test("an emptied field holds nothing; a name and a required field cannot be emptied", () => {
    expect(read("number", "  ")).toEqual({ ok: true, value: null });
    expect(readTyped(field("text", { required: true }), "", context)).toEqual({
      ok: false,
      error: "Headcount is needed.",
    });
    expect(readTyped({ ...field("text", null), path: "name" }, "", context).ok).toBe(false);
  });

  test("fields of our own hold an empty text where the tenant's hold null", () => {
    expect([emptyValue(field("text", null)), emptyValue(field("text")), emptyValue(field("tags"))]).toEqual([
      "",
      null,
      [],
    ]);
  });
});

test.each([
  ["money", 450_000],
  ["date", "2027-03-01"],
  ["phone", "+13125550147"],
  ["number", 42],
  ["tags", ["a", "b"]],
] as const)("what %s begins with when edited reads back as the same value", (kind, value) => {
  const text = typedText(field(kind), value as never, context);
  expect(read(kind, text)).toEqual({ ok: true, value });
});

test("a field that is left saves what was read and not what was typed, and only where it says something else", () => {
  const leave = (kind: FieldKind, typed: string, seen: string | null) =>
    leaveField(field(kind), typed, seen, context);
  expect(leave("phone", "(312) 555-0147", null)).toEqual({ as: "changed", value: "+13125550147" });
  expect(leave("phone", "312 555 0147", "+13125550147")).toEqual({ as: "before" });
  expect(leave("url", "halden.example", null)).toEqual({ as: "changed", value: "https://halden.example" });
  expect(leave("email", "", "maria.k@halden.example")).toEqual({ as: "changed", value: null });
  expect(leave("email", "maria at halden", null)).toEqual({
    as: "wrong",
    why: expect.stringMatching(/\.$/u),
  });
});
