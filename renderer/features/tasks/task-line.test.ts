import { format } from "date-fns";
import { expect, test } from "vitest";
import { parseTaskLine } from "./task-line.ts";

// A Wednesday afternoon.
const now = new Date(2026, 10, 18, 14, 30);

function read(line: string): string[] {
  const { title, due, priority, recurrence } = parseTaskLine(line, now);
  return [title, due ? format(due.at, due.allDay ? "EEE d" : "EEE d HH:mm") : "", priority, recurrence];
}

test.each([
  ["Call Maria tomorrow 10:30", ["Call Maria", "Thu 19 10:30", "normal", ""]],
  ["Call Maria !high fri", ["Call Maria", "Fri 20", "high", ""]],
  ["!! Send contract", ["Send contract", "", "urgent", ""]],
  ["Team call every mon 10:00", ["Team call", "Mon 23 10:00", "normal", "FREQ=WEEKLY;BYDAY=MO"]],
  ["Water plants every day", ["Water plants", "Wed 18", "normal", "FREQ=DAILY"]],
  [
    "Stand-up every workday at 9am !low",
    ["Stand-up", "Wed 18 09:00", "low", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
  ],
  ["Ask every neighbour", ["Ask every neighbour", "", "normal", ""]],
  ["Great work!", ["Great work!", "", "normal", ""]],
])("%s", (line, parts) => {
  expect(read(line)).toEqual(parts);
});
