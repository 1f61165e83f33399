import { expect, test } from "vitest";
import { snoozeChoices } from "./snooze-choices.ts";

const labelsAt = (hour: number): string[] =>
  snoozeChoices(new Date(2026, 10, 18, hour, 20)).map((choice) => choice.label);

test("in the morning the rest of the day is offered, late in the day it is not", () => {
  expect(labelsAt(9)).toEqual([
    "In an hour",
    "In three hours",
    "This evening",
    "Tomorrow",
    "Next week",
    "In a month",
  ]);
  expect(labelsAt(17)).toEqual(["In an hour", "Tomorrow", "Next week", "In a month"]);
});

test("every choice lies ahead, at every hour of the week", () => {
  for (let hour = 0; hour < 24 * 7; hour += 1) {
    const now = new Date(2026, 10, 16, hour, 59);
    for (const choice of snoozeChoices(now)) expect(choice.at.getTime()).toBeGreaterThan(now.getTime());
  }
});

test("next week is its Monday, also when today is one", () => {
  const nextWeek = (day: number): number | undefined =>
    snoozeChoices(new Date(2026, 10, day, 9))
      .find((choice) => choice.label === "Next week")
      ?.at.getDate();
  expect([nextWeek(16), nextWeek(18), nextWeek(22)]).toEqual([23, 23, 23]);
});
