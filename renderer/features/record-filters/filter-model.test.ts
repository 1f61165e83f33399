import { expect, test } from "vitest";
import type { Filter } from "../../../shared/entities/setting.ts";
import {
  changeOp,
  editorOf,
  goneFilters,
  isComplete,
  opsOf,
  opWords,
  startFilter,
  toggleValue,
} from "./filter-model.ts";

const filter = (op: Filter["op"], values: Filter["values"]): Filter => ({
  field: "custom.budget",
  op,
  values,
});

test("a field begins with its first operator, and with a value only where one is obvious", () => {
  expect(startFilter({ path: "stage", kind: "stage" })).toEqual({ field: "stage", op: "is", values: [] });
  expect(startFilter({ path: "lastContactAt", kind: "instant" })).toMatchObject({
    op: "within-days",
    values: [7],
  });
});

test("changing the operator keeps values that still mean the same", () => {
  expect(changeOp(filter("over", [250_000]), "money", "under").values).toEqual([250_000]);
  expect(changeOp(filter("within-days", [7]), "date", "at-least").values).toEqual([]);
});

test("a filter counts once it says something", () => {
  expect(isComplete(filter("over", []), "money")).toBe(false);
  expect(isComplete(filter("over", [0]), "money")).toBe(true);
  expect(isComplete(filter("empty", []), "money")).toBe(true);
});

test("filters by fields of the tenant's own that are archived or removed are told from the others", () => {
  const filters = [
    filter("over", [0]),
    { ...filter("is", ["x"]), field: "custom.channel" },
    { ...filter("is", ["x"]), field: "importId" },
  ];
  const gone = goneFilters(filters, [{ path: "custom.budget" }]);
  expect(gone.map(({ field }) => field)).toEqual(["custom.channel"]);
});

test("every kind offers operators, each with a way to type its value", () => {
  const kinds = [
    "text",
    "number",
    "money",
    "date",
    "select",
    "multi-select",
    "boolean",
    "phone",
    "email",
    "url",
    "stage",
    "person",
    "tags",
    "instant",
    "score",
  ] as const;
  for (const kind of kinds) {
    expect(opsOf(kind).length, kind).toBeGreaterThan(0);
    for (const [op] of opsOf(kind)) expect(editorOf(kind, op), `${kind} ${op}`).toBeTruthy();
  }
});

test("values toggle", () => {
  expect(toggleValue(filter("is", ["a"]), "b").values).toEqual(["a", "b"]);
  expect(toggleValue(filter("is", ["a", "b"]), "a").values).toEqual(["b"]);
});

test("a chip says days as a person would", () => {
  expect([
    opWords("instant", "within-days"),
    opWords("instant", "older-than-days"),
    opWords("stage", "is-not"),
  ]).toEqual(["within", "over", "is not"]);
});
