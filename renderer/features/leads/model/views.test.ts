import { expect, test } from "vitest";
import type { Setting } from "../../../../shared/entities/setting.ts";
import { findView, isChanged, listViews, orderBeside } from "./views.ts";

const view = (id: string, order: number, more: object = {}) =>
  ({
    id,
    kind: "view",
    order,
    name: id,
    ownerId: null,
    filters: [{ field: "score", op: "at-least", values: [55] }],
    sort: { field: "score", direction: "desc" },
    columns: [],
    layout: "list",
    ...more,
  }) as unknown as Setting;

test("shared views and one's own are listed in order, other people's are not", () => {
  const settings = [view("b", 2), view("mine", 1, { ownerId: "ana" }), view("theirs", 0, { ownerId: "ben" })];
  expect(listViews(settings, "ana", "All leads").map(({ name }) => name)).toEqual(["mine", "b", "All leads"]);
});

test("a saved view without filters is the view of everything: there are not two", () => {
  expect(listViews([view("everything", 0, { filters: [] })], "ana", "All").map(({ id }) => id)).toEqual([
    "everything",
  ]);
});

test("who chose everything before the saved views arrived still sees everything when they have", () => {
  const chosen = listViews([], "ana", "All leads")[0]?.id;
  const arrived = listViews([view("hot", 0), view("everything", 1, { filters: [] })], "ana", "All leads");
  expect(findView(arrived, chosen).id).toBe("everything");
  expect(findView(arrived, undefined).id).toBe("hot");
  expect(findView(arrived, "one that was deleted").id).toBe("hot");
  expect(findView(listViews([view("hot", 0)], "ana", "All leads"), chosen).id).toBe(chosen);
});

test("a draft counts as a change only when it says something else", () => {
  const [first] = listViews([view("a", 0)], "ana", "All");
  if (!first) throw new Error("no view");
  expect(isChanged(first, undefined)).toBe(false);
  expect(isChanged(first, { filters: [{ values: [55], op: "at-least", field: "score" }] })).toBe(false);
  expect(isChanged(first, { sort: { field: "score", direction: "asc" } })).toBe(true);
});

test("a view moves past its neighbour and no further; the fixed last one stays last", () => {
  const views = [
    { id: "a", order: 0 },
    { id: "b", order: 1 },
    { id: "c", order: 5 },
    { id: "all", order: Infinity },
  ];
  expect(orderBeside(views, "a", 1)).toBe(3);
  expect(orderBeside(views, "b", 1)).toBe(6);
  expect(orderBeside(views, "b", -1)).toBe(-1);
  expect(orderBeside(views, "c", 1)).toBeNull();
  expect(orderBeside(views, "a", -1)).toBeNull();
});
