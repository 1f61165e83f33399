import { expect, test } from "vitest";
import {
  daysAgo,
  someCall,
  someDeal,
  someLead,
  someStory,
  someTask,
} from "../../../testing/fakes/some-story.ts";
import type { Purpose } from "../question.ts";
import { emailByRules, messageByRules } from "../writing/write-by-rules.ts";
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

const phone = "+13125550147";
const email = "m@halden.example";
test.each([
  [
    "may be called",
    { phone },
    ["Call Maria Keller for the first time", "Call Maria Keller: silent since 1 November"],
  ],
  [
    "has a second number alone",
    { phoneSecond: phone },
    ["Call Maria Keller for the first time", "Call Maria Keller: silent since 1 November"],
  ],
  [
    "must not be called",
    { phone, email, doNotCall: true },
    ["Write to Maria Keller for the first time", "Write to Maria Keller: silent since 1 November"],
  ],
  [
    "has no number",
    { email },
    ["Write to Maria Keller for the first time", "Write to Maria Keller: silent since 1 November"],
  ],
  ["cannot be reached", {}, ["Find out how to reach Maria Keller", "Find out how to reach Maria Keller"]],
])("a deal with somebody who %s advises the way to them that there is", (_, own, [first, again]) => {
  const lead = someLead(own);
  expect(stepsOf(judge({}, { lead, calls: [] }))).toContain(first);
  const silent = { lead, calls: [someCall({ startedAt: daysAgo(20), answeredAt: daysAgo(20) })] };
  expect(stepsOf(judge({}, silent))).toContain(again);
});

const purposes: Purpose[] = ["after-call", "follow-up", "appointment", "offer", "reconnect", "thanks"];
test.each([{ doNotCall: true, phone }, {}])(
  "letters to somebody who may not be called (%o) ask for no call",
  (own) => {
    const story = someStory({ lead: someLead(own), reports: [] });
    const asked = { leadId: story.lead.id, callId: null, tone: "neutral", wish: "" } as const;
    for (const purpose of purposes) {
      const email = emailByRules({ ...asked, about: "email", purpose, length: "long" }, story);
      const message = messageByRules({ ...asked, about: "message", purpose }, story);
      expect(email + message, purpose).not.toMatch(/I call you|by phone/u);
      expect(message, purpose).toMatch(/[.?]$/u);
    }
  },
);
