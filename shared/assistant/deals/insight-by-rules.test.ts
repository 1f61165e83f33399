import { expect, test } from "vitest";
import { daysAgo, someDeal, someStory, someTask } from "../../../testing/fakes/some-story.ts";
import { dealInsightByRules } from "./insight-by-rules.ts";

const judge = (deal = {}, story = {}) => dealInsightByRules(someDeal(deal), someStory(story));
const stepsOf = (insight: ReturnType<typeof judge>) => insight.steps.map(({ text }) => text);

test("a task that is late is a risk, and no step: it is a task already", () => {
  const insight = judge({}, { tasks: [someTask({ title: "Send plans", dueAt: daysAgo(1) })] });
  expect(insight.risks).toContain("A promised step is late.");
  expect(stepsOf(insight).join()).not.toContain("Send plans");
});

test("days are counted as people say them", () => {
  const late = judge({}, { tasks: [someTask({ title: "Send plans", dueAt: daysAgo(1) })] });
  expect(late.reasoning).toContain("“Send plans” is 1 day late");
  const closing = (expectedCloseOn: string) => judge({ expectedCloseOn });
  expect(closing("2026-11-20").risks).toContain("The closing date passed yesterday.");
  expect(closing("2026-11-18").risks).toContain("The closing date passed 3 days ago.");
  expect(closing("2026-11-21").reasoning).toContain("it is to close today");
  expect(closing("2026-11-22").reasoning).toContain("it is to close tomorrow");
  expect(closing("2026-11-24").reasoning).toContain("it is to close in 3 days");
});
