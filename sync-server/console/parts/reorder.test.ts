import fc from "fast-check";
import { expect, test } from "vitest";
import { dropOn, isSameOrder, moveTo } from "./reorder.ts";

const ids = ["a", "b", "c", "d"];

test("what is dropped takes the place of what it is dropped on, from above and from below", () => {
  expect(dropOn(ids, "a", "c")).toEqual(["b", "c", "a", "d"]);
  expect(dropOn(ids, "d", "b")).toEqual(["a", "d", "b", "c"]);
  expect(dropOn(ids, "b", "b")).toEqual(ids);
});

test("nothing moves beyond the ends, and a stranger moves nothing", () => {
  expect(moveTo(ids, "a", -1)).toEqual(ids);
  expect(moveTo(ids, "d", 9)).toEqual(ids);
  expect(moveTo(ids, "x", 0)).toEqual(ids);
});

test("a move loses and doubles nobody, and keeps the others in order", () => {
  const lists = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 });
  fc.assert(
    fc.property(lists, fc.nat(), fc.integer(), (list, which, index) => {
      const id = list[which % list.length] ?? "";
      const moved = moveTo(list, id, index);
      const without = (all: readonly string[]) => all.filter((other) => other !== id);
      expect(moved.toSorted()).toEqual(list.toSorted());
      expect(without(moved)).toEqual(without(list));
    }),
  );
});

test("the same order is seen as the same", () => {
  expect(isSameOrder(ids, [...ids])).toBe(true);
  expect(isSameOrder(ids, moveTo(ids, "a", 1))).toBe(false);
  expect(isSameOrder(ids, ids.slice(1))).toBe(false);
});
