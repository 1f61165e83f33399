import { mayBeCalled } from "../../leads/may-be-called.ts";
import type { Length, Purpose, QuestionAbout } from "../question.ts";
import { openDealsOf, type LeadStory } from "../story.ts";
import { asSentence, dayWords, greet, reportFor, signOff } from "./words.ts";

/** A letter's first line is its subject; see `splitEmail`. */
export function emailByRules(question: QuestionAbout<"email">, story: LeadStory): string {
  const { purpose, tone, length, wish } = question;
  const parts = [
    greet(story, tone),
    openingOf(question, story),
    ...(length === "short" ? [] : listsOf(question, story)),
    wishWords(wish),
    askOf(purpose, story, length),
    signOff(story, tone),
  ];
  return `Subject: ${subjectOf(purpose, story)}\n\n${parts.filter((part) => part !== "").join("\n\n")}`;
}

/** One text message costs as much as its first 160 characters, and twice that from the next on. */
export const messageCharacters = 160;

/** As short as a text message: who writes, why, and one question. */
export function messageByRules(question: QuestionAbout<"message">, story: LeadStory): string {
  const { purpose, tone, wish } = question;
  const who = [story.agent, story.business].filter(Boolean).join(", ");
  const from = who === "" ? "" : ` ${who} here.`;
  const start = `${greet(story, tone)}${from}`;
  const why = wishWords(wish) || shortReasons[purpose];
  const whole = `${start} ${why} ${shortAskOf(purpose, story)}`;
  if (whole.length <= messageCharacters) return whole;
  return `${start} ${why}`;
}

const orders =
  /^(?:please )?(?:mention|include|add|refer to|talk about|write about|say|tell (?:them|him|her)|remind (?:them|him|her))(?: (?:that|of|about))?\s+/iu;

/** What the agent wants in it besides. An order to the writer is none to the reader: "mention the terrace" names it. */
function wishWords(wish: string): string {
  const bare = wish.trim();
  if (bare === "") return "";
  return orders.test(bare) ? asSentence(`one more thing: ${bare.replace(orders, "")}`) : asSentence(bare);
}

function subjectOf(purpose: Purpose, story: LeadStory): string {
  const about = openDealsOf(story)[0]?.name ?? story.business;
  const subjects: Record<Purpose, string> = {
    "after-call": "Our call, and what comes next",
    "follow-up": about === "" ? "Following up" : `Following up: ${about}`,
    appointment: "A time to meet",
    offer: about === "" ? "Our offer" : `Our offer: ${about}`,
    reconnect: "Is this still of interest?",
    thanks: "Thank you",
  };
  return subjects[purpose];
}

function openingOf({ purpose, callId }: QuestionAbout<"email">, story: LeadStory): string {
  const call =
    story.calls.find(({ id }) => id === callId) ?? story.calls.find(({ answeredAt }) => answeredAt);
  const spoke = call ? `our call ${onDay(call.startedAt, story)}` : "";
  const deal = openDealsOf(story)[0];
  const openings: Record<Purpose, string> = {
    "after-call": spoke === "" ? "Thank you for your time on the phone." : `Thank you for ${spoke}.`,
    "follow-up": spoke === "" ? "I am writing to follow up on your enquiry." : `I am writing to follow up on ${spoke}.`, // prettier-ignore
    appointment: "I would like to find a time that suits you.",
    offer: `Here is where we stand${deal ? ` with ${deal.name}` : ""}.`,
    reconnect: spoke === "" ? "It has been a while since we were in touch." : `It has been a while since ${spoke}.`, // prettier-ignore
    thanks: spoke === "" ? "Thank you for your trust in us." : `Thank you for ${spoke}, and for your trust in us.`, // prettier-ignore
  };
  return openings[purpose];
}

/** "today", "on 12 October". */
function onDay(at: string, story: LeadStory): string {
  const words = dayWords(at, story);
  return /^\d/u.test(words) ? `on ${words}` : words;
}

const mostPoints: Record<Length, number> = { short: 0, medium: 3, long: 6 };

/** What was spoke of and what was promised, as the report of the call has it. */
function listsOf({ purpose, callId, length }: QuestionAbout<"email">, story: LeadStory): string[] {
  const report = reportFor(story, callId);
  if (report === null || purpose === "thanks" || purpose === "appointment") return [];
  const most = mostPoints[length];
  const points = purpose === "after-call" || length === "long" ? report.keyPoints.slice(0, most) : [];
  const agreed = report.actions.slice(0, most).map(({ text }) => text);
  return [listOf("What I took from it:", points), listOf("What happens next:", agreed)];
}

function listOf(heading: string, items: readonly string[]): string {
  return items.length === 0 ? "" : [heading, ...items.map((item) => `- ${asSentence(item)}`)].join("\n");
}

function askOf(purpose: Purpose, story: LeadStory, length: Length): string {
  const next = story.appointments[0];
  if (next && purpose !== "offer")
    return `We meet ${onDay(next.startAt, story)} for “${next.title}”. If anything changes, a short reply is enough.`;
  const canCall = mayBeCalled(story.lead);
  const asks: Record<Purpose, string> = {
    "after-call": "Did I miss anything? A short reply is enough.",
    "follow-up": "What would help you decide?",
    appointment: "Which day and time would suit you best?",
    offer: canCall ? "May I call you to go through it together?" : "What would you like to know about it?",
    reconnect: "Is this still of interest to you? If not, a short reply is enough and I will close it.",
    thanks: "If there is anything I can do, just reply to this e-mail.",
  };
  if (length !== "long") return asks[purpose];
  const more = canCall
    ? "I am glad to answer any question by phone as well."
    : "I am glad to answer any question: just write to me.";
  return `${asks[purpose]} ${more}`;
}

const shortReasons: Record<Purpose, string> = {
  "after-call": "Thank you for the call.",
  "follow-up": "I am following up on our last talk.",
  appointment: "I would like to find a time to meet.",
  offer: "Our offer is ready.",
  reconnect: "It has been a while.",
  thanks: "Thank you for your trust.",
};

function shortAskOf(purpose: Purpose, { lead }: LeadStory): string {
  const canCall = mayBeCalled(lead);
  const asks: Record<Purpose, string> = {
    "after-call": "Anything I missed?",
    "follow-up": canCall ? "When may I call you?" : "What would help you decide?",
    appointment: "Which day suits you?",
    offer: canCall ? "When may I call you about it?" : "What would you like to know?",
    reconnect: "Is it still of interest?",
    thanks: "Just reply if you need anything.",
  };
  return asks[purpose];
}
