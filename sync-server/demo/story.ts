import type { Instant } from "../../shared/entities/fields.ts";
import type { Lead } from "../../shared/entities/lead.ts";
import type { Listing } from "../../shared/entities/listing.ts";
import { dayMs, toInstant, type Calendar } from "./calendar.ts";
import type { Due } from "./featured-leads.ts";
import { nameOf } from "./people.ts";
import { drawNextTask } from "./next-task.ts";
import type { Dice } from "./random.ts";
import { emptyStory, recordsOf, type RecordsOf, type Story } from "./records.ts";
import { fillIn } from "./words/fill-in.ts";
import {
  callNotes,
  loggedNotes,
  lostReasons,
  mailSubjects,
  mailTexts,
  replyTexts,
  smsTexts,
} from "./words/notes.ts";

/** A story while it is told. */
export type Telling = {
  lead: Lead;
  dice: Dice;
  calendar: Calendar;
  listings: readonly Listing[];
  make: RecordsOf;
  story: Story;
};

const path = ["new", "contacted", "qualified", "tour", "offer", "won"];
const minuteMs = 60_000;

/**
 * How a lead came to stand where it stands: one step a stage between its creation and its last contact, each with
 * the calls, mails and appointments that belong to it. The last call of the story is the lead's `lastContactAt`.
 * @param next the open task that the story ends with; undefined = drawn, null = none
 */
export function tellStory(
  lead: Lead,
  dice: Dice,
  calendar: Calendar,
  listings: readonly Listing[],
  next?: { title: string; due: Due } | null,
): Story {
  const telling: Telling = {
    lead,
    dice,
    calendar,
    listings,
    make: recordsOf(lead, dice),
    story: emptyStory(),
  };
  telling.story.activities.push(
    telling.make.activity(lead.createdAt, { kind: "created", title: lead.source, byId: null }),
  );
  const steps = stepsTo(lead.stage, dice);
  steps.forEach((stage, index) => {
    tellStep(telling, stage, steps[index - 1] ?? "new", momentOf(lead, index + 1, steps.length));
  });
  const task = drawNextTask(telling, next);
  if (task) telling.story.tasks.push(task);
  return telling.story;
}

/** The stages after New, up to the one where the lead stands; lost leads left the path somewhere. */
function stepsTo(stage: string, dice: Dice): string[] {
  if (stage === "lost") return [...path.slice(1, dice.int(2, 5)), "lost"];
  return path.slice(1, path.indexOf(stage) + 1);
}

function momentOf(lead: Lead, step: number, steps: number): Instant {
  const from = Date.parse(lead.createdAt);
  const to = Date.parse(lead.lastContactAt ?? lead.createdAt);
  return step === steps ? toInstant(to) : toInstant(from + ((to - from) * step) / steps);
}

function tellStep(telling: Telling, stage: string, from: string, at: Instant): void {
  const { lead, make, story } = telling;
  const talkedMs = talk(telling, stage, at);
  const changedAt = within(telling, talkedMs + 2 * minuteMs);
  story.activities.push(
    make.activity(changedAt, { kind: "change", changes: [{ field: "stage", from, to: stage }] }),
  );
  if (lead.ownerId !== null) detailsOf[stage]?.(telling, at);
}

/** The call in which the step was taken, after the ones that nobody answered. @returns when it ended */
function talk(telling: Telling, stage: string, at: Instant): number {
  const { dice, make, story } = telling;
  if (stage === "contacted") {
    for (let missed = dice.int(0, 2); missed > 0; missed -= 1)
      story.calls.push(missedCall(telling, at, missed));
  }
  const call = make.call(at, dice.int(70, 900), {
    direction: dice.chance(0.2) ? "inbound" : "outbound",
    disposition: dispositionAfter[stage] ?? "call-back",
    notes: fillIn(dice.pick(callNotes), dice),
    sentiment:
      stage === "lost" ? "negative" : dice.pick(["neutral", "positive", "positive", "very-positive"]),
  });
  story.calls.push(call);
  return Date.parse(call.endedAt ?? at);
}

const dispositionAfter: Record<string, string> = {
  contacted: "send-information",
  qualified: "call-back",
  tour: "tour-booked",
  lost: "not-a-fit",
};

function missedCall({ lead, dice, make }: Telling, at: Instant, howManyBefore: number) {
  const wanted = Date.parse(at) - howManyBefore * dayMs + dice.int(-120, 120) * minuteMs;
  const startedAt = toInstant(Math.max(wanted, Date.parse(lead.createdAt) + minuteMs));
  const voicemail = dice.chance(0.4);
  return make.call(startedAt, null, {
    endReason: voicemail ? "voicemail" : "no-answer",
    disposition: voicemail ? "voicemail-left" : "no-answer",
  });
}

const detailsOf: Record<string, (telling: Telling, at: Instant) => void> = {
  contacted: sendPlans,
  qualified: writeNote,
  tour: bookTour,
  offer: makeOffer,
  won: sign,
  lost: giveUp,
};

function sendPlans(telling: Telling, at: Instant): void {
  const { lead, dice, make, story } = telling;
  const known = { first: lead.name.split(" ")[0] ?? lead.name, agent: nameOf(lead.ownerId ?? ("" as never)) };
  const sentAt = later(telling, at, dice.int(15, 90));
  story.messages.push(
    make.message(sentAt, {
      channel: "email",
      direction: "outbound",
      subject: dice.pick(mailSubjects),
      text: fillIn(dice.pick(mailTexts), dice, known),
      status: dice.pick(["sent", "opened", "replied"]),
      openedCount: dice.int(0, 4),
    }),
  );
  if (dice.chance(0.35)) {
    const text = dice.pick(replyTexts);
    story.messages.push(
      make.message(later(telling, sentAt, dice.int(60, 900)), {
        channel: "email",
        direction: "inbound",
        subject: "Re: plans",
        text,
        status: "received",
      }),
    );
  }
}

function writeNote(telling: Telling, at: Instant): void {
  const { dice, make, story } = telling;
  story.activities.push(
    make.activity(later(telling, at, dice.int(5, 60)), {
      kind: "note",
      text: fillIn(dice.pick(loggedNotes), dice),
    }),
  );
  const doneAt = later(telling, at, dice.int(90, 1500));
  story.tasks.push(make.task(at, { title: "Send floor plans", dueAt: doneAt, doneAt }));
}

function bookTour(telling: Telling, at: Instant): void {
  const { lead, dice, calendar, listings, make, story } = telling;
  const floor = dice.pick(listings);
  const planned = lead.stage === "tour" && dice.chance(0.7);
  const startAt = planned
    ? calendar.workdayAt(dice.int(1, 14), dice.pick(["09:30", "10:30", "11:00", "14:00", "15:30"]))
    : later(telling, at, dice.int(1, 6) * 1440);
  const over = Date.parse(startAt) < calendar.nowMs;
  story.appointments.push(
    make.appointment(at, startAt, {
      title: `Tour, ${floor.title}`,
      place: floor.address,
      status: over ? "done" : "planned",
    }),
  );
  if (dice.chance(0.3)) {
    story.messages.push(
      make.message(later(telling, at, 60), {
        channel: "sms",
        direction: "inbound",
        text: dice.pick(smsTexts),
        status: "received",
      }),
    );
  }
}

function makeOffer(telling: Telling, at: Instant): void {
  const { lead, dice, calendar, listings, make, story } = telling;
  const floor = dice.pick(listings);
  const open = lead.stage === "offer";
  const stage = open
    ? dice.pick(["proposal", "terms", "contract"])
    : lead.stage === "won"
      ? "signed"
      : "dropped";
  story.deals.push(
    make.deal(at, {
      name: floor.title,
      stage,
      value: typeof lead.custom["budget"] === "number" ? lead.custom["budget"] : floor.price,
      listingId: floor.id,
      expectedCloseOn: open ? calendar.day(dice.int(5, 70)) : at.slice(0, 10),
      probability: open ? dice.int(4, 18) * 5 : null,
      custom: { term_months: dice.pick([12, 24, 36, 60]) },
    }),
  );
}

function sign(telling: Telling, at: Instant): void {
  const { dice, make, story, calendar } = telling;
  if (!dice.chance(0.6)) return;
  story.tasks.push(
    make.task(at, {
      title: "Quarterly review call",
      dueAt: calendar.workdayAt(dice.int(5, 90), "10:00"),
      recurrence: "FREQ=MONTHLY;INTERVAL=3",
    }),
  );
}

function giveUp(telling: Telling, at: Instant): void {
  const { dice, make, story } = telling;
  story.activities.push(
    make.activity(later(telling, at, 5), { kind: "note", text: fillIn(dice.pick(lostReasons), dice) }),
  );
}

/** `minutes` after `at`, but never in the future of the one who tells. */
function later(telling: Telling, at: Instant, minutes: number): Instant {
  return within(telling, Date.parse(at) + minutes * minuteMs);
}

function within({ calendar }: Telling, ms: number): Instant {
  return toInstant(Math.min(ms, calendar.nowMs - 1000));
}
