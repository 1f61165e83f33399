import type { Instant } from "../../shared/entities/fields.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { Task } from "../../shared/entities/task.ts";
import { dueOfDay } from "../../shared/tasks/whole-day.ts";
import { toInstant, type Calendar } from "./calendar.ts";
import type { Due } from "./featured-leads.ts";
import type { Dice } from "./random.ts";
import type { Telling } from "./story.ts";
import { taskTitles } from "./words/notes.ts";

type Next = { title: string; due: Due } | null;

/** What is to do next about a lead: late, today, upcoming or again and again; null where nothing is. */
export function drawNextTask(telling: Telling, given: Next | undefined): Task | null {
  const { lead, dice, calendar, make, story } = telling;
  const next = given === undefined ? drawNext(lead, dice) : given;
  if (next === null) return null;
  const allDay = next.due.in === "all-day";
  const dueAt = dueInstant(next.due, calendar);
  const reminds = !allDay && Date.parse(dueAt) > calendar.nowMs;
  return make.task(lead.lastContactAt ?? lead.createdAt, {
    title: next.title,
    dueAt,
    allDay,
    priority: dice.weighted([["normal", 7], ["high", 2], ["low", 1], ["urgent", 0.3]]), // prettier-ignore
    remindAt: reminds ? toInstant(Date.parse(dueAt) - 10 * 60_000) : null,
    recurrence: given === undefined && dice.chance(0.03) ? "FREQ=WEEKLY;BYDAY=MO" : "",
    callId: story.calls.at(-1)?.id ?? null,
  });
}

function drawNext(lead: Lead, dice: Dice): Next {
  if (lead.ownerId === null || lead.stage === "won" || lead.stage === "lost" || dice.chance(0.45))
    return null;
  const title = lead.stage === "new" ? "First call" : dice.pick(taskTitles);
  const quarter = `${dice.int(9, 16)}`.padStart(2, "0") + dice.pick([":00", ":15", ":30", ":45"]);
  const due: Due = dice.weighted([
    [{ in: "all-day", days: -dice.int(1, 9) } as Due, 2.5],
    [{ in: "minutes", minutes: dice.int(20, 300) } as Due, 2],
    [{ in: "days", days: dice.int(1, 21), at: quarter } as Due, 80],
    [{ in: "all-day", days: dice.int(1, 21) } as Due, 15],
  ]);
  return { title, due };
}

function dueInstant(due: Due, calendar: Calendar): Instant {
  if (due.in === "minutes") return calendar.laterToday(due.minutes);
  if (due.in === "days") return calendar.workdayAt(due.days, due.at);
  return dueOfDay(calendar.workday(due.days));
}
