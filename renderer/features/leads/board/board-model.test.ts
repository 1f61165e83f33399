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
  boardColumns(stages, answer, moved, (stage) => stage).map(({ stage, total, rows }) => [
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

test("leads in a stage that is archived stand behind the others, and leave it", () => {
  const old = [...answer, { stage: "visit", total: 1, rows: [row("v", "visit")] }];
  const columns = (moved: { id: string; stage: string } | null) =>
    boardColumns(stages, old, moved, (stage) => `Old ${stage}`).map(({ label, total }) => [label, total]);
  expect(columns(null)).toEqual([["New", 12], ["Tour", 0], ["Old visit", 1]]); // prettier-ignore
  expect(columns({ id: "v", stage: "tour" })).toEqual([["New", 12], ["Tour", 1], ["Old visit", 0]]); // prettier-ignore
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
