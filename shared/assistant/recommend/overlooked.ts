import type { Message } from "../../entities/activity.ts";
import { mayBeCalled } from "../../leads/may-be-called.ts";
import { lastContactOf, openDealsOf, todayOf, type LeadStory } from "../story.ts";
import { calendarDay, daysBetween, dayWords } from "../writing/words.ts";
import {
  daysSince,
  hasLeft,
  isReachedAfter,
  isWrittenAfter,
  later,
  reach,
  type Recommended,
  type SeenAt,
} from "./recommended.ts";
import { firstTries, signDays, signOfLateDeal, signOfLetter, signOfNewLead } from "./signs.ts";

// What nobody has seen to yet.

const written = { email: "an e-mail", sms: "a text message", chat: "in a chat" } as const satisfies Record<
  Message["channel"],
  string
>;

/** They wrote, and nobody has written back, spoken with them or met them since. */
export function answerLetter(story: LeadStory): Recommended | null {
  const letter = story.messages.find(({ direction }) => direction === "inbound");
  if (!letter || isWrittenAfter(story, letter.at) || isSpokenAfter(story, letter.at)) return null;
  const daysAgo = daysSince(letter.at, story);
  if (daysAgo > signDays.letter) return null;
  return {
    ...{ ...signOfLetter(letter.id, daysAgo), kind: "contact", deed: { do: "write", callId: null } },
    title: "Answer them",
    reason: `They wrote ${written[letter.channel]} ${dayWords(letter.at, story)}, and nobody has answered.`,
    confidence: 0.8,
    expiresAt: later(letter.at, signDays.letter),
  };
}

/** After so many days without an answer it may have been overlooked. */
const patientDays = 5;

/** We wrote while a deal was open, and have heard nothing. Without a deal it may be one letter to many. */
export function askAboutLetter(story: LeadStory): Recommended | null {
  const last = story.messages.find(hasLeft);
  if (last?.direction !== "outbound" || last.status === "replied") return null;
  if (openDealsOf(story).length === 0 || isSpokenAfter(story, last.at)) return null;
  const daysAgo = daysSince(last.at, story);
  if (daysAgo < patientDays || daysAgo > signDays.letter) return null;
  return {
    ...{ key: `our-letter:${last.id}`, kind: "contact", deed: reach(story) },
    title: "Ask about your letter",
    reason: `We wrote ${written[last.channel]} ${dayWords(last.at, story)}, and have heard nothing since.`,
    priority: 60,
    confidence: 0.6,
    expiresAt: later(last.at, signDays.letter),
  };
}

function isSpokenAfter(story: LeadStory, at: string): boolean {
  const { pastAppointments } = story;
  return (
    isReachedAfter(story, at) || pastAppointments.some((one) => one.status === "done" && one.startAt > at)
  );
}

/**
 * They are new, and nobody has been in touch with them. The sooner, the more likely they are to be reached. Whoever came
 * with an import is called as a list.
 */
export function firstContact(story: LeadStory): Recommended | null {
  const { lead, calls } = story;
  const daysAgo = daysSince(lead.createdAt, story);
  if (daysAgo > signDays.newLead || lead.importId !== null) return null;
  if (lastContactOf(story) !== null || story.appointments.length > 0) return null;
  const tries = calls.length;
  const [last] = calls;
  if (tries >= firstTries.most) return null;
  if (last && 24 * daysSince(last.startedAt, story) < firstTries.hoursBetween) return null;
  const source = lead.source === "" ? "" : ` (${lead.source})`;
  const words = wordsOfFirst(mayBeCalled(lead), tries);
  const day = dayWords(lead.createdAt, story);
  return {
    ...{ ...signOfNewLead(tries, daysAgo), kind: "timing", deed: reach(story) },
    title: words.title,
    reason: `New ${day === "today" ? day : `since ${day}`}${source}, ${words.why}.`,
    confidence: daysAgo > 3 ? 0.6 : 0.8,
    expiresAt: later(lead.createdAt, signDays.newLead),
  };
}

function wordsOfFirst(byPhone: boolean, tries: number) {
  if (tries > 0) {
    const often = tries === 1 ? "once" : `${tries} times`;
    return { title: "Try to reach them again", why: `tried ${often} and not reached yet` };
  }
  return byPhone
    ? { title: "Call them for the first time", why: "and nobody has called yet" }
    : { title: "Write to them for the first time", why: "and nobody has written to them yet" };
}

/** Whoever was just spoken with has said how it stands. */
const freshDays = 2;

/** The day by which an open deal was to be closed is over; of several, the one that it was last. */
export function askAboutDeal(story: LeadStory, seenAt: SeenAt): Recommended | null {
  const today = todayOf(story);
  const passed = openDealsOf(story).flatMap(({ id, name, expectedCloseOn: day }) =>
    day !== null && day < today ? [{ id, name, day }] : [],
  );
  const [late] = passed.toSorted((a, b) => b.day.localeCompare(a.day));
  if (!late || story.appointments.length > 0) return null;
  const last = lastContactOf(story);
  if (last !== null && daysSince(last, story) < freshDays) return null;
  const sign = signOfLateDeal(late.id, late.day);
  return {
    ...{ ...sign, kind: "workflow", deed: reach(story) },
    title: "Ask where the deal stands",
    reason: `“${late.name}” was to be closed by ${calendarDay(late.day)} ${late.day.slice(0, 4)}.`,
    confidence: daysBetween(late.day, today) > 60 ? 0.4 : 0.7,
    expiresAt: later(seenAt(sign.key) ?? story.now, 7),
  };
}
