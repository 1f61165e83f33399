import { expect, test } from "vitest";
import type { DealRow } from "../../../shared/rpc/contract/work.ts";
import { moveDeal, sumText, totalValue, type BoardStages } from "./deal-board.ts";

const deal = (id: string, stage: string, value: number | null, currency = "USD"): DealRow =>
  ({ id, stage, value, currency, name: id }) as DealRow;

const board: BoardStages = [
  { stage: "open", total: 2, value: { USD: 300 }, rows: [deal("a", "open", 100), deal("b", "open", 200)] },
  { stage: "empty", total: 0, value: {}, rows: [] },
  { stage: "offer", total: 1, value: { USD: 50 }, rows: [deal("c", "offer", 50)] },
];

test("a move takes the card and its sum along, and nothing else", () => {
  const moved = moveDeal(board, "b", "offer");
  expect(
    moved.map(({ total, value, rows }) => [total, value["USD"] ?? 0, rows.map((row) => row.id)]),
  ).toEqual([
    [1, 100, ["a"]],
    [0, 0, []],
    [2, 250, ["b", "c"]],
  ]);
  expect(moved[2]?.rows[0]?.stage).toBe("offer");
  expect(totalValue(moved)).toEqual(totalValue(board));
});

test("a move to where it stands, or of what is not there, changes nothing", () => {
  expect(moveDeal(board, "a", "open")).toBe(board);
  expect(moveDeal(board, "zzz", "offer")).toBe(board);
});

test("currencies never add up", () => {
  expect(sumText({ EUR: 80_000, USD: 1_200_000, GBP: 0 })).toBe("$1.2m + €80k");
  expect(sumText({})).toBe("");
});
