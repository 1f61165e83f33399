import { RRule } from "rrule";
import { describe, expect, test } from "vitest";
import { describeRule, parseRepeat, repeatOf, ruleOf, type Repeat } from "./recurrence.ts";

describe("rules and words", () => {
  test.each<[Repeat, string, string]>([
    [{ every: 1, unit: "day", weekdays: [] }, "FREQ=DAILY", "Every day"],
    [{ every: 2, unit: "week", weekdays: [] }, "FREQ=WEEKLY;INTERVAL=2", "Every 2 weeks"],
    [
      { every: 1, unit: "week", weekdays: ["TH", "MO"] },
      "FREQ=WEEKLY;BYDAY=MO,TH",
      "Every Monday and Thursday",
    ],
    [
      { every: 3, unit: "week", weekdays: ["MO", "TU", "FR"] },
      "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU,FR",
      "Every 3 weeks on Monday, Tuesday and Friday",
    ],
    [
      { every: 1, unit: "week", weekdays: ["MO", "TU", "WE", "TH", "FR"] },
      "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
      "Every workday",
    ],
    [{ every: 1, unit: "month", weekdays: [] }, "FREQ=MONTHLY", "Every month"],
  ])("%j", (repeat, rule, words) => {
    expect(ruleOf(repeat)).toBe(rule);
    expect(describeRule(rule)).toBe(words);
    expect(ruleOf(repeatOf(rule) ?? repeat)).toBe(rule);
    expect(RRule.fromString(rule).toString()).toContain(rule.split(";")[0]);
  });

  test("a rule that the picker cannot say is left alone", () => {
    expect(repeatOf("FREQ=MONTHLY;BYDAY=1MO")).toBeNull();
    expect(repeatOf("FREQ=DAILY;COUNT=5")).toBeNull();
    expect(describeRule("FREQ=MONTHLY;BYDAY=1MO")).toBe("Repeats by a rule of its own");
    expect(describeRule("")).toBe("Does not repeat");
  });
});

test.each([
  ["every day", "FREQ=DAILY"],
  ["every other week", "FREQ=WEEKLY;INTERVAL=2"],
  ["every 3 months", "FREQ=MONTHLY;INTERVAL=3"],
  ["every mon and thu", "FREQ=WEEKLY;BYDAY=MO,TH"],
  ["Every Fridays", "FREQ=WEEKLY;BYDAY=FR"],
  ["every workday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
])("%s", (text, rule) => {
  const repeat = parseRepeat(text);
  expect(repeat && ruleOf(repeat)).toBe(rule);
});

test.each(["every", "every 0 days", "every one", "daily", "every s"])("%s is no repetition", (text) => {
  expect(parseRepeat(text)).toBeNull();
});
