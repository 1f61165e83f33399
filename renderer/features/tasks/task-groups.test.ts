import { expect, test } from "vitest";
import { dueOfDay } from "../../../shared/tasks/whole-day.ts";
import { TaskRow } from "../../../shared/rpc/contract/work.ts";
import { dueText, groupTasks, isLate, lateText } from "./task-groups.ts";

// A Wednesday afternoon.
const now = new Date(2026, 10, 18, 14, 30);
const at = (month: number, day: number, hour = 0, minute = 0): string =>
  new Date(2026, month - 1, day, hour, minute).toISOString();

function task(title: string, fields: Partial<TaskRow> = {}): TaskRow {
  const empty = { notes: "", recurrence: "", recurrenceOf: null, teamId: null, leadId: null, dealId: null };
  return TaskRow.parse({
    ...empty,
    id: title.replaceAll(" ", "-"),
    rev: 1,
    createdAt: at(11, 1),
    updatedAt: at(11, 1),
    kept: [],
    title,
    dueAt: null,
    allDay: false,
    priority: "normal",
    doneAt: null,
    snoozedUntil: null,
    remindAt: null,
    assigneeId: null,
    callId: null,
    leadName: null,
    dealName: null,
    waiting: false,
    ...fields,
  });
}

const titles = (groups: ReturnType<typeof groupTasks>): Record<string, string[]> =>
  Object.fromEntries(groups.map((group) => [group.heading, group.rows.map((row) => row.title)]));

test("today begins with what is late, and a whole day is not late before it is over", () => {
  const rows = [
    task("yesterday", { dueAt: at(11, 17, 9) }),
    task("an hour ago", { dueAt: at(11, 18, 13, 30) }),
    task("all day", { dueAt: dueOfDay("2026-11-18"), allDay: true }),
    task("in a while", { dueAt: at(11, 18, 16) }),
  ];
  expect(titles(groupTasks(rows, "today", now))).toEqual({
    Late: ["yesterday", "an hour ago"],
    Today: ["all day", "in a while"],
  });
});

test("what comes is told by day for two weeks and by month after that", () => {
  const rows = [
    task("soon", { dueAt: at(11, 19, 9) }),
    task("friday", { dueAt: at(11, 20, 9) }),
    task("two weeks", { dueAt: at(12, 2, 9) }),
    task("later", { dueAt: at(12, 20, 9) }),
    task("later still", { dueAt: at(12, 24, 9) }),
  ];
  expect(titles(groupTasks(rows, "upcoming", now))).toEqual({
    Tomorrow: ["soon"],
    "Friday 20 Nov": ["friday"],
    "Wednesday 2 Dec": ["two weeks"],
    "December 2026": ["later", "later still"],
  });
});

test("snoozed tasks stand under the day they come back, done ones under the day they were finished", () => {
  expect(titles(groupTasks([task("a", { snoozedUntil: at(11, 19, 9) })], "snoozed", now))).toEqual({
    Tomorrow: ["a"],
  });
  expect(titles(groupTasks([task("b", { doneAt: at(11, 17, 12) })], "done", now))).toEqual({
    Yesterday: ["b"],
  });
});

test("lateness grows from minutes to hours to days", () => {
  const late = (dueAt: string, allDay = false): string => lateText({ dueAt, allDay }, now);
  expect([
    late(at(11, 18, 14, 10)),
    late(at(11, 18, 9)),
    late(at(11, 17, 23)),
    late(dueOfDay("2026-11-16"), true),
  ]).toEqual(["Late 20 min", "Late 5 h", "Late 1 d", "Late 2 d"]);
});

test("a task without a time is never late", () => {
  expect(isLate({ dueAt: null, allDay: false }, now)).toBe(false);
});

test("a row says only what its heading does not", () => {
  const due = { dueAt: at(11, 20, 12), allDay: false };
  expect(dueText(due, "upcoming", now).text).toBe("12:00");
  expect(dueText(due, "snoozed", now).text).toBe("Fri 12:00");
  expect(dueText({ dueAt: dueOfDay("2026-12-20"), allDay: true }, "upcoming", now).text).toBe("20 Dec");
  expect(dueText({ dueAt: at(11, 17, 9), allDay: false }, "today", now)).toEqual({
    text: "Late 1 d",
    strong: true,
  });
  expect(dueText({ dueAt: at(11, 17, 9), allDay: false }, "done", now).text).toBe("Yesterday 09:00");
});
