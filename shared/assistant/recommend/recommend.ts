import type { Call } from "../../entities/call.ts";
import { mayBeCalled } from "../../leads/may-be-called.ts";
import { dayOf, wallTimeOf } from "../../time/zone.ts";
import { isAnswered, lastWordAt } from "../chats.ts";
import { lastContactOf, openDealsOf, todayOf, type LeadStory } from "../story.ts";
import { daysBetween, dayWords } from "../writing/words.ts";
import { answerLetter, askAboutDeal, askAboutLetter, firstContact } from "./overlooked.ts";
import {
  daysSince,
  isReachedAfter,
  isWrittenAfter,
  later,
  reach,
  type Recommended,
  type SeenAt,
} from "./recommended.ts";
import { signDays, signOfChat, signOfMissedCall } from "./signs.ts";

export type { Recommended, RecommendedDeed, SeenAt } from "./recommended.ts";

const mostShown = 3;

/**
 * What should be done with a person next, by what happened with them; the most urgent first. Each expires, some time
 * after it happened or was first seen: advice that nobody took is not right for ever.
 * @param lastDoneAt when the last of their tasks was done, ISO; null = none was
 */
export function recommend(
  story: LeadStory,
  seenAt: SeenAt = () => null,
  lastDoneAt: string | null = null,
): Recommended[] {
  const { lead, stages } = story;
  const stage = stages.find(({ pipeline, key }) => pipeline === "leads" && key === lead.stage);
  if (stage && stage.outcome !== "open") return [];
  const all = [
    callBack(story),
    answerChat(story),
    answerLetter(story),
    firstContact(story),
    lateTask(story, seenAt),
    promised(story),
    askAboutDeal(story, seenAt),
    askAboutLetter(story),
    silent(story, seenAt),
    nextStep(story, seenAt, lastDoneAt),
    goodHour(story, seenAt),
  ];
  return all
    .filter((one) => one !== null)
    .filter(({ deed }) => deed.do !== "call" || mayBeCalled(lead))
    .sort((a, b) => b.priority - a.priority)
    .slice(0, mostShown);
}

/** How much what people did counts beside the rules: as if the rules had been tried so often. */
const triedBefore = 10;

/** How sure advice of a kind is after people have answered it: the rules' own word gives way to theirs. */
export function learnFrom(confidence: number, told: { accepted: number; answered: number }): number {
  return (confidence * triedBefore + told.accepted) / (triedBefore + told.answered);
}

/** They called, nobody answered, and nobody has spoken with them since. */
function callBack(story: LeadStory): Recommended | null {
  const missed = story.calls.find(({ direction, answeredAt }) => direction === "inbound" && !answeredAt);
  if (!missed || isReachedAfter(story, missed.startedAt)) return null;
  const daysAgo = daysSince(missed.startedAt, story);
  if (daysAgo > signDays.missedCall) return null;
  return {
    ...{ ...signOfMissedCall(missed.id, daysAgo), kind: "contact", deed: { do: "call" } },
    title: "Call them back",
    reason: `They called ${dayWords(missed.startedAt, story)} and reached nobody.`,
    confidence: 0.9,
    expiresAt: later(missed.startedAt, signDays.missedCall),
  };
}

/** For so long whoever wants a person may still be there, and is answered where chats are. */
const waitsMs = 3_600_000;

/** They wanted a person in a chat, none of us wrote there, and nobody has spoken with them or written to them since. */
function answerChat(story: LeadStory): Recommended | null {
  const chat = story.chats.find((one) => !isAnswered(one));
  if (!chat || chat.phase === "person") return null;
  const at = lastWordAt(chat);
  if (chat.phase === "waiting" && Date.parse(story.now) - Date.parse(at) < waitsMs) return null;
  if (isReachedAfter(story, at) || isWrittenAfter(story, at)) return null;
  const daysAgo = daysSince(at, story);
  if (daysAgo > signDays.chat) return null;
  return {
    ...{ ...signOfChat(chat.id, daysAgo), kind: "contact", deed: reach(story) },
    title: "Answer their chat",
    reason: `They wanted a person on the website ${dayWords(at, story)}, and nobody wrote to them.`,
    confidence: 0.8,
    expiresAt: later(at, signDays.chat),
  };
}

function lateTask(story: LeadStory, seenAt: SeenAt): Recommended | null {
  const today = todayOf(story);
  const late = story.tasks.find(({ dueAt }) => dueAt !== null && daysBetween(dayOf(Date.parse(dueAt), story.timeZone), today) >= 2); // prettier-ignore
  if (!late?.dueAt) return null;
  const key = `late:${late.id}:${late.dueAt}`;
  return {
    ...{ key, kind: "workflow", deed: { do: "write", callId: null } },
    title: "Tell them where things stand",
    reason: `“${late.title}” was due ${dayWords(late.dueAt, story)}.`,
    priority: 75,
    confidence: 0.7,
    expiresAt: later(seenAt(key) ?? story.now, 3),
  };
}

/** Something was promised in the last call, and nothing was written since. */
function promised(story: LeadStory): Recommended | null {
  const [report] = story.reports;
  const [action] = report?.actions ?? [];
  if (!report || !action || daysSince(report.at, story) > 5) return null;
  if (isWrittenAfter(story, report.at)) return null;
  return {
    ...{ key: `promised:${report.id}`, kind: "template", deed: { do: "write", callId: report.callId } },
    title: "Write what was agreed",
    reason: `Promised ${dayWords(report.at, story)}: ${action.text}`.slice(0, 500),
    priority: 70,
    confidence: 0.8,
    expiresAt: later(report.at, 5),
  };
}

function silent(story: LeadStory, seenAt: SeenAt): Recommended | null {
  const last = lastContactOf(story);
  if (!last) return null;
  const days = Math.floor(daysSince(last, story));
  if (days < 14) return null;
  const withDeal = openDealsOf(story).length > 0;
  const key = `silent:${last}`;
  return {
    ...{ key, kind: "contact", deed: reach(story) },
    title: "Get in touch again",
    reason: `Silent for ${days} days${withDeal ? " with a deal open" : ""}.`,
    priority: withDeal ? 65 : 45,
    confidence: days > 60 ? 0.4 : 0.6,
    expiresAt: later(seenAt(key) ?? story.now, 7),
  };
}

/** Advised once for each end of a plan: a task that was done, a day on which they were in touch, a stage. */
function nextStep(story: LeadStory, seenAt: SeenAt, lastDoneAt: string | null): Recommended | null {
  if (story.tasks.length > 0 || story.appointments.length > 0) return null;
  const title = `Follow up with ${story.lead.name}`;
  const last = lastContactOf(story);
  // The day, as the server notes a moment of its own for a talk.
  const ends = [last && dayOf(Date.parse(last), story.timeZone), lastDoneAt].filter((end) => end !== null);
  const key = ["next-step", story.lead.stage, ...ends].join(":");
  return {
    ...{ key, kind: "workflow" },
    deed: { do: "task", title, dueInDays: 2 },
    title: "Plan the next step",
    reason: "Nothing is planned with them.",
    priority: 50,
    confidence: 0.7,
    expiresAt: later(seenAt(key) ?? story.now, 14),
  };
}

const fewestCalls = 4;

/** The part of the day in which they answer, where there were calls enough to say so and it makes a difference. */
function goodHour(story: LeadStory, seenAt: SeenAt): Recommended | null {
  const outbound = story.calls.filter(({ direction }) => direction === "outbound");
  if (outbound.length < fewestCalls) return null;
  const parts = [
    tell("in the morning", 0, 12),
    tell("in the afternoon", 12, 17),
    tell("in the evening", 17, 24),
  ];
  const best = parts.filter(({ calls }) => calls >= 2).sort((a, b) => b.share - a.share)[0];
  const overall = share(outbound);
  if (!best || best.share < overall + 0.2) return null;
  const key = `hour:${best.words}`;
  return {
    ...{ key, kind: "timing", deed: { do: "call" } },
    title: `Call ${best.words}`,
    reason: `${best.answered} of ${best.calls} calls ${best.words} were answered, ${Math.round(100 * overall)} % of all.`,
    priority: 35,
    // Laplace: two calls prove little.
    confidence: (best.answered + 1) / (best.calls + 2),
    expiresAt: later(seenAt(key) ?? story.now, 30),
  };

  function tell(words: string, from: number, to: number) {
    const calls = outbound.filter(({ startedAt }) => {
      const { hour } = wallTimeOf(Date.parse(startedAt), story.lead.timeZone || story.timeZone);
      return hour >= from && hour < to;
    });
    return { words, calls: calls.length, answered: calls.filter(({ answeredAt }) => answeredAt).length, share: share(calls) }; // prettier-ignore
  }
}

function share(calls: readonly Call[]): number {
  return calls.length === 0 ? 0 : calls.filter(({ answeredAt }) => answeredAt).length / calls.length;
}
