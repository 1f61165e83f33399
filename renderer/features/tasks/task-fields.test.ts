import { expect, test } from "vitest";
import { Task } from "../../../shared/entities/task.ts";
import {
  aboutLead,
  dueFields,
  movedFields,
  newTaskFields,
  remindAtOf,
  remindMinutesOf,
} from "./task-fields.ts";
import { parseTaskLine } from "./task-line.ts";

const day = { at: new Date(2026, 10, 20), allDay: true };

test("a whole day is a day of the calendar, whatever clock reads it", () => {
  expect(dueFields(day)).toEqual({ dueAt: "2026-11-20T12:00:00.000Z", allDay: true });
});

test("a time of day is the instant that this machine's clock shows", () => {
  const at = new Date(2026, 10, 20, 10, 30);
  expect(dueFields({ at, allDay: false })).toEqual({ dueAt: at.toISOString(), allDay: false });
  expect(dueFields(null)).toEqual({ dueAt: null, allDay: false });
});

test("a reminder keeps its distance when the due time moves", () => {
  const dueAt = new Date(2026, 10, 18, 14).toISOString();
  const due = { dueAt, allDay: false };
  const task = { ...due, remindAt: remindAtOf(due, 30) };
  const moved = movedFields(task, { at: new Date(2026, 10, 19, 9), allDay: false });
  expect(moved["remindAt"]).toBe(new Date(2026, 10, 19, 8, 30).toISOString());
  expect(movedFields(task, null)).toMatchObject({ dueAt: null, remindAt: null });
  expect(remindMinutesOf(task)).toBe(30);
});

test("a typed line makes a task that its schema takes", () => {
  const line = parseTaskLine("Call Maria !high tomorrow 10:30", new Date(2026, 10, 18, 14, 30));
  const context = { assigneeId: "ana", leadId: null, remindMinutes: 10 };
  const fields = newTaskFields(line, context);
  const base = {
    id: "t1",
    rev: 0,
    createdAt: new Date(0).toISOString(),
    updatedAt: new Date(0).toISOString(),
    kept: [],
  };
  const task = Task.parse({ ...base, teamId: null, ...fields });
  expect([task.title, task.priority, remindMinutesOf(task)]).toEqual(["Call Maria", "high", 10]);
});

test("a task is for the deal that was chosen; another lead's is not theirs", () => {
  const line = parseTaskLine("Send the lease", new Date(2026, 10, 18));
  const context = { assigneeId: "ana", leadId: "vera", dealId: "rent", remindMinutes: 10 };
  expect(newTaskFields(line, context)).toMatchObject({ leadId: "vera", dealId: "rent" });
  const task = { leadId: "vera", dealId: "rent" };
  expect(aboutLead(task, "omar")).toEqual({ leadId: "omar", dealId: null });
  expect(aboutLead(task, null)).toEqual({ leadId: null, dealId: null });
  expect(aboutLead(task, "vera")).toEqual(task);
  expect(aboutLead({ ...task, leadId: null }, "omar")).toEqual({ leadId: "omar", dealId: "rent" });
});
