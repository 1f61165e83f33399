import { expect, test } from "vitest";
import {
  countSelected,
  emptySelection,
  everything,
  isSelected,
  rangeBetween,
  setRows,
  toggleRow,
} from "./selection.ts";

test("a row toggles on and off", () => {
  const on = toggleRow(emptySelection, "a");
  expect([isSelected(on, "a"), isSelected(on, "b"), countSelected(on, 10)]).toEqual([true, false, 1]);
  expect(countSelected(toggleRow(on, "a"), 10)).toBe(0);
});

test("of everything, a row can be left out and taken back in", () => {
  const without = toggleRow(everything, "a");
  expect([isSelected(without, "a"), isSelected(without, "b"), countSelected(without, 10)]).toEqual([
    false,
    true,
    9,
  ]);
  expect(countSelected(toggleRow(without, "a"), 10)).toBe(10);
});

test("a range is set as a whole, whatever was selected in it before", () => {
  const some = setRows(toggleRow(emptySelection, "b"), ["a", "b", "c"], true);
  expect(countSelected(some, 10)).toBe(3);
  expect(countSelected(setRows(some, ["a", "b"], false), 10)).toBe(1);
  expect(countSelected(setRows(everything, ["a", "b"], false), 10)).toBe(8);
});

test("a range runs in both directions", () => {
  expect(rangeBetween(3, 5)).toEqual([3, 4, 5]);
  expect(rangeBetween(5, 3)).toEqual([3, 4, 5]);
  expect(rangeBetween(4, 4)).toEqual([4]);
});
