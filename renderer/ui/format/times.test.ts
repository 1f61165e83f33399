import { expect, test } from "vitest";
import {
  ago,
  agoInWords,
  dayAndTime,
  dayAndTimeInWords,
  dayHeading,
  dayInWords,
  dayName,
  formatDuration,
  timeLeft,
} from "./times.ts";

// A Wednesday.
const now = new Date(2026, 10, 18, 14, 30);
const on = (day: number, hour = 9, minute = 0): Date => new Date(2026, 10, day, hour, minute);

test.each([
  [on(18), "Today"],
  [on(19), "Tomorrow"],
  [on(17), "Yesterday"],
  [on(20), "Fri"],
  [on(24), "Tue"],
  [on(25), "Wed 25"],
  [new Date(2026, 11, 18), "18 Dec"],
  [new Date(2027, 2, 1), "1 Mar 2027"],
  [on(2), "2 Nov"],
])("%s is called %s", (day, name) => {
  expect(dayName(day, now)).toBe(name);
});

test("behind other words the days around this one are written small", () => {
  expect([on(17), on(18), on(19), on(20)].map((day) => dayInWords(day, now))).toEqual([
    ...["yesterday", "today", "tomorrow"],
    "Fri",
  ]);
});

test("a day that counts as a whole has no time of day", () => {
  expect(dayAndTime(on(20, 12), now)).toBe("Fri 12:00");
  expect(dayAndTime(on(20, 12), now, true)).toBe("Fri");
  expect(dayAndTimeInWords(on(20, 12), now)).toBe("Fri 12:00");
  expect(dayAndTimeInWords(now, now)).toMatch(/^today \d\d:\d\d$/u);
});

test("headings spell the weekday out", () => {
  expect(dayHeading(on(16), now)).toBe("Monday 16 Nov");
  expect(dayHeading(new Date(2025, 10, 17), now)).toBe("Monday 17 Nov 2025");
});

test("how long ago, for lists and in sentences", () => {
  expect([ago(on(18, 14, 22), now), ago(on(18, 12, 10), now), ago(on(17), now), ago(on(12), now)]).toEqual([
    "8 min",
    "2 h",
    "Yesterday",
    "6 d",
  ]);
  expect(agoInWords(new Date(now.getTime() - 12_000), now)).toBe("12 s ago");
  expect(agoInWords(on(17), now)).toBe("yesterday");
  expect(agoInWords(new Date(2026, 8, 3), now)).toBe("on 3 Sep");
});

test("a clock that runs behind never says a negative time", () => {
  expect(agoInWords(new Date(now.getTime() + 5_000), now)).toBe("0 s ago");
  expect(ago(new Date(now.getTime() + 5_000), now)).toBe("now");
});

test("durations have hours only when they need them", () => {
  expect([formatDuration(468), formatDuration(3_729.9), formatDuration(0)]).toEqual([
    "7:48",
    "1:02:09",
    "0:00",
  ]);
});

test("what is left is rounded to what a person can use", () => {
  expect([
    timeLeft(null),
    timeLeft(200),
    timeLeft(3_600),
    timeLeft(43_000),
    timeLeft(118_000),
    timeLeft(7.3e6),
  ]).toEqual([
    null,
    "about 1 s left",
    "about 4 s left",
    "about 45 s left",
    "about 2 min left",
    "about 2 h left",
  ]);
});
