import type { EditId } from "../../shared/entities/id.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { Listing } from "../../shared/entities/listing.ts";
import { dueOfDay } from "../../shared/tasks/whole-day.ts";
import type { Calendar } from "./calendar.ts";
import { ana, ben, priya } from "./people.ts";
import type { Dice } from "./random.ts";
import { recordsOf, type Story } from "./records.ts";

/** Maria Kowalski's lead as the picture of a profile shows it: two people named different budgets. */
export function withTwoBudgets(lead: Lead, calendar: Calendar): Lead {
  const wonEdit = "demo-maria-budget" as EditId;
  return {
    ...lead,
    rev: 9,
    kept: [
      {
        id: `${wonEdit}:custom.budget`,
        field: "custom.budget",
        value: 600_000,
        byId: ben,
        at: calendar.minutesAgo(24),
        wonById: ana,
        wonEdit,
        settledAt: null,
      },
    ],
  };
}

/** Her timeline, told by hand: a call a few minutes ago, yesterday's note, Monday's voicemail. */
export function mariaStory(lead: Lead, dice: Dice, calendar: Calendar, listings: readonly Listing[]): Story {
  const make = recordsOf(lead, dice);
  const floor = listings.find(({ title }) => title === "Fourth floor, 210 Canal St");
  const justNow = calendar.minutesAgo(8);
  const yesterday = (time: string) => calendar.workdayAt(-1, time);
  const earlier = (time: string) => calendar.workdayAt(-2, time);
  return {
    calls: [
      make.call(earlier("15:20"), null, { endReason: "voicemail", disposition: "voicemail-left" }),
      make.call(justNow, 468, {
        disposition: "call-back",
        sentiment: "positive",
        notes:
          "42 people, maybe 60 by spring. Wants the fourth floor; price is above the current lease. CFO decides with her. Asked for a call tomorrow morning.",
      }),
    ],
    activities: [
      make.activity(lead.createdAt, { kind: "created", title: lead.source, byId: null }),
      make.activity(calendar.workdayAt(-4, "11:10"), {
        kind: "change",
        changes: [{ field: "stage", from: "new", to: "contacted" }],
      }),
      make.activity(yesterday("09:05"), {
        kind: "change",
        byId: priya,
        changes: [{ field: "stage", from: "contacted", to: "qualified" }],
      }),
      make.activity(yesterday("16:40"), {
        kind: "note",
        text: "Current lease with Westgate, no break clause. They pay parking on top. Needs two meeting rooms and a loading bay.",
      }),
      make.activity(calendar.minutesAgo(20), {
        kind: "merge",
        changes: [{ field: "custom.budget", from: 600_000, to: 450_000 }],
      }),
    ],
    tasks: [
      make.task(justNow, { title: "Ask about break clause", dueAt: calendar.laterToday(160) }),
      make.task(justNow, {
        title: "Check parking, 6 spaces",
        dueAt: dueOfDay(calendar.workday(2)),
        allDay: true,
      }),
      make.task(justNow, { title: "Draft proposal", dueAt: dueOfDay(calendar.workday(6)), allDay: true }),
      make.task(earlier("15:30"), {
        title: "Send floor plans",
        dueAt: yesterday("17:00"),
        doneAt: yesterday("16:32"),
      }),
    ],
    deals: [
      make.deal(yesterday("16:45"), {
        name: "Fourth floor, 210 Canal St",
        stage: "proposal",
        value: 486_000,
        listingId: floor?.id ?? null,
        expectedCloseOn: calendar.day(30),
        probability: 60,
        custom: { term_months: 24 },
      }),
    ],
    appointments: [],
    messages: [
      make.message(earlier("15:02"), {
        channel: "email",
        direction: "outbound",
        subject: "Two floors near the loop",
        text: "Hello Maria,\n\ntwo floors fit what you described. Plans and prices are attached.\n\nBest,\nAna Ruiz",
        status: "opened",
        openedCount: 3,
      }),
      make.message(calendar.minutesAgo(170), {
        channel: "email",
        direction: "outbound",
        subject: "Fourth floor, plans and prices",
        text: "Hello Maria,\n\nhere is the fourth floor in detail, with the all-in price.\n\nBest,\nAna Ruiz",
        status: "opened",
        openedCount: 2,
      }),
    ],
  };
}
