import { expect, test } from "vitest";
import { shownSteps } from "./shown-steps.ts";

const stages = [
  { key: "new", label: "New", outcome: "open" as const },
  { key: "won", label: "Won", outcome: "won" as const },
  { key: "lost", label: "Lost", outcome: "lost" as const },
];
const shown = (stage: string) => {
  const { steps, current, isAside } = shownSteps(stages, stage, (key) => `Old ${key}`);
  return [steps.map(({ label }) => label).join(", "), current, isAside];
};

test.each<[string, ReturnType<typeof shown>]>([
  ["new", ["New, Won", 0, false]],
  ["lost", ["New, Won, Lost", 2, true]],
  ["visit", ["New, Won, Old visit", 2, true]],
  ["", ["New, Won", -1, false]],
])("a lead in stage %j", (stage, expected) => {
  expect(shown(stage)).toEqual(expected);
});
