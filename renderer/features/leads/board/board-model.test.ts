import { expect, test } from "vitest";
import type { LeadRow } from "../../../../shared/rpc/contract/leads.ts";
import { boardColumns } from "./board-model.ts";

const stages = [
  { key: "new", label: "New", outcome: "open" as const },
  { key: "tour", label: "Tour", outcome: "open" as const },
];
const row = (id: string, stage: string) => ({ id, stage }) as LeadRow;
const answer = [{ stage: "new", total: 12, rows: [row("a", "new"), row("b", "new")] }];
const shape = (moved: { id: string; stage: string } | null) =>
  boardColumns(stages, answer, moved).map(({ stage, total, rows }) => [
    stage,
    total,
    rows.map(({ id }) => id).join(),
  ]);

test("every stage has a column, also an empty one", () => {
  expect(shape(null)).toEqual([
    ["new", 12, "a,b"],
    ["tour", 0, ""],
  ]);
});

test("a dropped card stands in its new column at once, and is counted there", () => {
  expect(shape({ id: "b", stage: "tour" })).toEqual([
    ["new", 11, "a"],
    ["tour", 1, "b"],
  ]);
});

test("once the replica has it there, or it is gone, nothing is moved twice", () => {
  expect(shape({ id: "b", stage: "new" })).toEqual(shape(null));
  expect(shape({ id: "z", stage: "tour" })).toEqual(shape(null));
});
