import { expect, test } from "vitest";
import { dueOfDay } from "../../../../shared/tasks/whole-day.ts";
import { nextTaskWords } from "./next-task-words.ts";

// A Wednesday, here.
const now = new Date(2026, 10, 18, 14, 30);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute).toISOString();
const words = (dueAt: string | null, allDay = false) => nextTaskWords({ dueAt, allDay }, now);

test("today is urgent, later is not", () => {
  expect(words(at(18, 16, 15))).toEqual({ when: "Today 16:15", urgent: true });
  expect(words(at(20, 12))).toEqual({ when: "Fri 12:00", urgent: false });
  expect(words(dueOfDay("2026-11-18"), true)).toEqual({ when: "Today", urgent: true });
});

test("lateness is in days once a day has passed", () => {
  expect(words(at(17, 23))).toEqual({ when: "Late 1 d", urgent: true });
  expect(words(at(18, 12))).toEqual({ when: "Late 2 h", urgent: true });
  expect(words(at(18, 14, 29))).toEqual({ when: "Late 1 min", urgent: true });
});

test("a task without a date says nothing of time", () => {
  expect(words(null)).toEqual({ when: "", urgent: false });
});
