import { format } from "date-fns";
import { describe, expect, test } from "vitest";
import { parseDue, splitDue, type Due } from "./due-text.ts";

// A Wednesday afternoon.
const now = new Date(2026, 10, 18, 14, 30);

function say(due: Due | null): string {
  if (!due) return "no time";
  return format(due.at, due.allDay ? "EEE yyyy-MM-dd" : "EEE yyyy-MM-dd HH:mm");
}

describe("due times as people type them", () => {
  test.each([
    ["tomorrow 10:30", "Thu 2026-11-19 10:30"],
    ["10:30 tomorrow", "Thu 2026-11-19 10:30"],
    ["tomorrow at 9", "Thu 2026-11-19 09:00"],
    ["Tomorrow, 3 pm", "Thu 2026-11-19 15:00"],
    ["today", "Wed 2026-11-18"],
    ["tonight", "Wed 2026-11-18 20:00"],
    ["fri", "Fri 2026-11-20"],
    ["friday 12.15", "Fri 2026-11-20 12:15"],
    ["wed", "Wed 2026-11-25"],
    ["next fri", "Fri 2026-11-27"],
    ["next mon", "Mon 2026-11-23"],
    ["next week", "Mon 2026-11-23"],
    ["weekend", "Sat 2026-11-21"],
    ["next month", "Tue 2026-12-01"],
    ["in 2 weeks", "Wed 2026-12-02"],
    ["in 3 days at 10:30", "Sat 2026-11-21 10:30"],
    ["in an hour", "Wed 2026-11-18 15:30"],
    ["in 20 min", "Wed 2026-11-18 14:50"],
    ["16:00", "Wed 2026-11-18 16:00"],
    ["at 9", "Thu 2026-11-19 09:00"],
    ["12am", "Thu 2026-11-19 00:00"],
    ["noon", "Thu 2026-11-19 12:00"],
    ["24 nov", "Tue 2026-11-24"],
    ["Nov 24th 3pm", "Tue 2026-11-24 15:00"],
    ["3 january", "Sun 2027-01-03"],
    ["2027-03-31 09:00", "Wed 2027-03-31 09:00"],
    ["by friday", "Fri 2026-11-20"],
    ["on friday afternoon", "Fri 2026-11-20 14:00"],
  ])("%s", (text, expected) => {
    expect(say(parseDue(text, now))).toBe(expected);
  });

  test.each([
    "",
    "soon",
    "7",
    "31 feb",
    "25:00",
    "13pm",
    "in 0 days",
    "in two ways",
    "2026-13-01",
    "maria",
    "on",
  ])("%j is no time", (text) => {
    expect(say(parseDue(text, now))).toBe("no time");
  });
});

describe("a title that ends in its due time", () => {
  test.each([
    ["Call Maria tomorrow 10:30", "Call Maria", "Thu 2026-11-19 10:30"],
    ["Send the floor plans by fri", "Send the floor plans", "Fri 2026-11-20"],
    ["Check in with Wei in 2 weeks", "Check in with Wei", "Wed 2026-12-02"],
    ["Read chapter 7", "Read chapter 7", "no time"],
    ["Ask May about the sun", "Ask May about the sun", "no time"],
    ["Tomorrow", "Tomorrow", "no time"],
    ["  Prepare  slides for Monday ", "Prepare slides", "Mon 2026-11-23"],
  ])("%s", (line, title, due) => {
    const split = splitDue(line, now);
    expect([split.title, say(split.due)]).toEqual([title, due]);
  });
});
