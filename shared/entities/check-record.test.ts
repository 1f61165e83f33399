import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fields } from "../../testing/fakes/blank-fields.ts";
import { checkRecord, isUsablePhone, type FieldRule } from "./check-record.ts";
import type { FieldType } from "./setting.ts";

const at = "2026-01-01T09:00:00.000Z";
const lead = (own: Record<string, unknown> = {}) => ({
  id: "l",
  rev: 1,
  createdAt: at,
  updatedAt: at,
  kept: [],
  ...fields.lead({ name: "Maria", ...own }),
});
const rule = (type: FieldType, own: Partial<FieldRule> = {}): FieldRule => ({
  collection: "leads",
  key: "extra",
  label: "Extra",
  type,
  required: false,
  options: ["a", "b"],
  archived: false,
  ...own,
});
const withExtra = (value: unknown) => lead({ custom: { extra: value } });

test("a whole record passes; what does not fit its schema is told by field, in a sentence", () => {
  expect(checkRecord("leads", lead(), [], "all")).toBeNull();
  expect(checkRecord("leads", lead({ name: "" }), [], ["name"])).toEqual({
    field: "name",
    message: "“name”: it must not be empty.",
    unknown: false,
  });
  expect(checkRecord("leads", lead({ score: 101 }), [], ["score"])).toMatchObject({
    field: "score",
    message: expect.stringContaining("at most 100") as unknown,
  });
  expect(checkRecord("leads", lead({ nickname: "x" }), [], "all")).toMatchObject({
    field: "nickname",
    unknown: true,
  });
  expect(checkRecord("tasks", { kind: "x" }, [], "all")).toMatchObject({ unknown: false });
});

describe("telephone numbers", () => {
  test.each([
    ["", true],
    ["+442079460018", true],
    ["020 7946 0018", true],
    ["+1", false],
    ["+44 20 7946 0018", false],
    ["+4420794600189999999", false],
    ["call her", false],
    [null, false],
  ])("%j: %s", (value, usable) => expect(isUsablePhone(value)).toBe(usable));

  test("a number that stood there before holds up no edit of something else", () => {
    expect(checkRecord("leads", lead({ phone: "+1" }), [], ["city"])).toBeNull();
    expect(checkRecord("leads", lead({ phone: "+1" }), [], ["phone"])).toMatchObject({ field: "phone" });
  });

  const examples = "../shared/data/phone/example_numbers.json";
  test.skipIf(!existsSync(examples))(`every country's example numbers (${examples}) are possible`, () => {
    const numbers = readFileSync(examples, "utf8").match(/\+\d{6,15}/gu) ?? [];
    expect(numbers.length).toBeGreaterThan(100);
    const refused = numbers.filter((number) => !isUsablePhone(number));
    // Short and emergency numbers of a few countries have no international form of a possible length.
    expect(refused.length / numbers.length).toBeLessThan(0.02);
  });
});

describe("the tenant's own fields", () => {
  test.each<[FieldType, unknown, unknown]>([
    ["text", "x", 1],
    ["number", 1.5, "1"],
    ["money", 10, 1e13],
    ["date", "2024-02-29", "2025-02-29"],
    ["select", "a", "c"],
    ["multi-select", ["a", "b"], ["a", "c"]],
    ["boolean", false, "no"],
    ["phone", "+442079460018", "+1"],
    ["email", "a@b.ch", "a.b.ch"],
    ["url", "https://a.ch", "a.ch"],
  ])("%s takes %j and refuses %j", (type, good, bad) => {
    expect(checkRecord("leads", withExtra(good), [rule(type)], "all")).toBeNull();
    expect(checkRecord("leads", withExtra(bad), [rule(type)], ["custom.extra"])).toMatchObject({
      field: "custom.extra",
      unknown: false,
    });
    expect(checkRecord("leads", withExtra(null), [rule(type)], "all")).toBeNull();
  });

  test("what a record has chosen stays although it is not offered any more, and is chosen anew by nobody", () => {
    const check = (type: FieldType, value: unknown, stood: unknown) =>
      checkRecord("leads", withExtra(value), [rule(type)], ["custom.extra"], withExtra(stood));
    expect(check("multi-select", ["old", "a"], ["old"])).toBeNull();
    expect(check("multi-select", ["a"], ["old", "a"])).toBeNull();
    expect(check("multi-select", ["old", "a"], ["a"])).not.toBeNull();
    expect(check("select", "old", "old")).toBeNull();
    expect(check("select", "old", "a")).not.toBeNull();
    expect(check("number", "old", "old")).not.toBeNull();
  });

  test("what is required is asked of new records and of edits that empty it, not of other edits", () => {
    const required = [rule("text", { required: true })];
    expect(checkRecord("leads", lead(), required, "all")).toMatchObject({
      message: "“Extra” must be filled in.",
    });
    expect(checkRecord("leads", lead(), required, ["custom.extra"])).not.toBeNull();
    expect(checkRecord("leads", lead(), required, ["city"])).toBeNull();
    expect(
      checkRecord("leads", lead(), [rule("text", { required: true, archived: true })], "all"),
    ).toBeNull();
  });

  test("a field that nobody configured, or that belongs to another collection, is unknown", () => {
    expect(checkRecord("leads", withExtra("x"), [], "all")).toMatchObject({
      field: "custom.extra",
      unknown: true,
    });
    expect(
      checkRecord("leads", withExtra("x"), [rule("text", { collection: "deals" })], "all"),
    ).toMatchObject({ unknown: true });
    expect(checkRecord("leads", withExtra("x"), [], ["city"])).toBeNull();
  });
});
