import { expect, test } from "vitest";
import { takeBack } from "./take-back.ts";

const byDay = ({ on }: { on: string }) => on;
const [may, june, december] = ["2026-05-01", "2026-06-01", "2026-12-24"].map((on) => ({ on, name: "" })) as [Day, Day, Day]; // prettier-ignore
type Day = { on: string; name: string };

test("what was added goes, what was removed comes back, and what others did meanwhile stays", () => {
  expect(takeBack({ stood: [may], next: [may, june], now: [may, june, december] }, byDay)).toEqual([
    may,
    december,
  ]);
  expect(takeBack({ stood: [may, june], next: [may], now: [december] }, byDay)).toEqual([december, june]);
});

test("of a week one day goes back, the others stay as somebody else has set them", () => {
  const byIndex = (_day: unknown, index: number) => String(index);
  const open = { opens: "09:00", closes: "17:00" };
  const late = { opens: "11:00", closes: "19:00" };
  const lists = { stood: [open, open, null], next: [late, open, null], now: [late, late, null] };
  expect(takeBack(lists, byIndex)).toEqual([open, late, null]);
});

test("what somebody has changed again is theirs", () => {
  const named = { ...june, name: "Whit Monday" };
  const changed = { ...june, name: "Pentecost" };
  expect(takeBack({ stood: [june], next: [named], now: [changed] }, byDay)).toEqual([changed]);
  expect(takeBack({ stood: [may], next: [may, june], now: [may, named] }, byDay)).toEqual([may, named]);
  expect(takeBack({ stood: [june], next: [named], now: [] }, byDay)).toEqual([]);
});
