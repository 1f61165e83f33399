import type { Appointment } from "../../entities/activity.ts";
import { dayWords, asSentence, reportFor } from "../writing/words.ts";
import { emailByRules } from "../writing/write-by-rules.ts";
import { lastWordAt, visitorWords } from "../chats.ts";
import { cameOf, openDealsOf, stageLabel, type LeadStory } from "../story.ts";
import { joinAnswer, type Proposal } from "./proposal.ts";
import { findWhen } from "./when-said.ts";

/**
 * An answer without a model: quick actions and simple questions about one person, read from the data. What it does not
 * understand it says, and what it can do instead.
 * @param story null = nobody is open
 */
export function chatByRules(said: string, story: LeadStory | null, now: string, zone: string): string {
  const command = commandOf(said, story, now, zone);
  if (command !== null) return command;
  const asked = questions.find(({ asks }) => asks.test(said));
  if (asked && story) return quoted(asked.answer(story));
  if (asked || draftWords.test(said)) return `Open somebody first: I answer that about one person. ${canDo}`;
  return `No model answers here, and my own rules do not understand that. ${canDo}`;
}

const canDo =
  "I can summarise, say what was agreed, when you last spoke, what came of appointments and what is open, draft an e-mail, and make a task, a ticket or a note.";

const taskWords =
  /^(?:please )?(?:create|make|add|schedule|set|plan)(?: me)?(?: an?| the)? (follow[ -]?up|task|reminder|call[ -]?back)\b(?: (?:task|call))?\b/iu;
/** Not what ends as a question: "Remind me, what did we promise them?" */
const remindWords = /^(?:please )?remind me\b(?![^]*\?\s*$)/iu;
const ticketWords = /^(?:please )?(?:create|open|make|add)(?: an?)? ticket\b/iu;
const ticketAtEnd = /[\s,;.–-]*\b(?:please )?(?:create|open|make|add) a ticket[.!]?$/iu;
const noteWords =
  /^(?:please )?(?:(?:create|make|add|write|take)(?: an?)? note\b|note(?: down)?(?= that\b|:))/iu;
const draftWords = /\b(?:draft|write)\b.*\b(?:reply|answer|e-?mail|letter)\b/iu;

function commandOf(said: string, story: LeadStory | null, now: string, zone: string): string | null {
  const who = story?.lead.name ?? "";
  const task = taskWords.exec(said) ?? remindWords.exec(said);
  if (task) {
    const { dueInDays, at, rest } = findWhen(said.slice(task[0].length), now, zone);
    const isFollowUp = /^(?:follow|call)/iu.test(task[1] ?? "");
    const title = taskTitle(subjectOf(rest), who).slice(0, 500);
    const due = dueInDays ?? (isFollowUp ? 1 : null);
    return propose("I can make this task.", { do: "task", title, dueInDays: due, ...(at === null ? {} : { at }), priority: "normal" }); // prettier-ignore
  }
  if (ticketWords.test(said) || ticketAtEnd.test(said)) {
    const title =
      subjectOf(said.replace(ticketWords, "").replace(ticketAtEnd, "")) || `Ticket of ${who || "a customer"}`;
    return propose("I can open this ticket.", { do: "ticket", title: title.slice(0, 500), text: "", priority: "normal" }); // prettier-ignore
  }
  if (noteWords.test(said)) {
    const text = subjectOf(said.replace(noteWords, ""));
    return text === "" ? "What is to be in the note?" : propose("I can add this note.", { do: "note", text });
  }
  if (draftWords.test(said) && story) return quoted(draft(story));
  return null;
}

/** What customers said is quoted in answers: nothing of it may end them with a proposal of their own. */
function quoted(answer: string): string {
  return answer.replaceAll("```", "'''");
}

function propose(prose: string, proposal: Proposal): string {
  return joinAnswer(prose, proposal);
}

/** "to call Ben about the lease" → "Call Ben about the lease". */
function subjectOf(rest: string): string {
  const bare = rest.replace(leading, "").replace(/^(?:to|that|about|for)\s+/iu, "").replace(leading, "").trim(); // prettier-ignore
  return bare.charAt(0).toLocaleUpperCase() + bare.slice(1);
}
const leading = /^[\s:;,.–—-]+/u;

/** What is left when day and time are taken out may say nothing by itself. */
const nothing = /^(?:(?:at|by|for|from|in|on|to|with|about|due|the|please|it|\d{1,2})\b[\s.,!?]*)*$/iu;

function taskTitle(asked: string, who: string): string {
  if (/^with\s/iu.test(asked) && !nothing.test(asked)) return `Follow up w${asked.slice(1)}`;
  if (!nothing.test(asked)) return asked;
  return who === "" ? "Follow up" : `Follow up with ${who}`;
}

/** An answer to what they wrote last, or what follows the last call. */
function draft(story: LeadStory): string {
  const { id } = story.lead;
  const inbound = story.messages.find(({ direction }) => direction === "inbound");
  const purpose = reportFor(story, null) && !inbound ? "after-call" : "follow-up";
  const question = { about: "email", leadId: id, callId: null, purpose, tone: "neutral", length: "medium", wish: "" } as const; // prettier-ignore
  return emailByRules(question, story);
}

type Answer = { asks: RegExp; answer: (story: LeadStory) => string };

const questions: readonly Answer[] = [
  { asks: /^(?!(?:please )?(?:arrange|book|make|plan|schedule|set)\b)[^]*\b(?:came of|appointments?|meetings?|viewings?|visits?|visited|last meet)\b/iu, answer: tellMeetings }, // prettier-ignore
  { asks: /\bchat(?:s|ted)?\b/iu, answer: tellChats },
  { asks: /\bagreed?\b|\bpromised?\b|next steps?\b/iu, answer: tellAgreed },
  { asks: /\blast (?:speak|spoke|talk|call|contact)|\bwhen did (?:we|i)\b|\bspoke(?:n)? last|\b(?:talked|spoken|called)\b.*\b(?:lately|recently)\b/iu, answer: tellLastTalk }, // prettier-ignore
  { asks: /\bopen\b|\bto do\b|\b(?:over)?due\b|\boutstanding\b|\btasks?\b/iu, answer: tellOpen },
  { asks: /\bobjections?\b|\bagainst\b|\bconcerns?\b|\bworr(?:y|ied)\b/iu, answer: tellObjections },
  {
    asks: /\bsummar(?:y|ise|ize)\b|\bbrief\b|\bwho is\b|\bcatch me up\b|\btell me about\b/iu,
    answer: tellAll,
  },
];

function tellAgreed(story: LeadStory): string {
  const report = reportFor(story, null);
  if (report === null) return "No call with them was written down, so I do not know what was agreed.";
  const agreed = [...report.actions.map(({ text }) => text), report.followUp].filter((text) => text !== "");
  const when = dayWords(report.at, story);
  if (agreed.length === 0) return `Nothing was agreed in the call of ${when}, as far as it was heard.`;
  return bullets(`Agreed in the call of ${when}:`, [...new Set(agreed)]);
}

function tellLastTalk(story: LeadStory): string {
  return [tellLastCall(story), tellLastChat(story)].filter((part) => part !== "").join("\n\n");
}

function tellLastChat(story: LeadStory): string {
  const [chat] = story.chats;
  if (!chat) return "";
  const about = chat.told.need === "" ? "" : `, about: ${chat.told.need}`;
  return asSentence(`they chatted on the website ${dayWords(lastWordAt(chat), story)}${about}`);
}

const mostLines = 6;

/** What they wrote last in it. */
function tellChats(story: LeadStory): string {
  const [chat] = story.chats;
  if (!chat) return "There is no chat with them that somebody was wanted for.";
  const lines = visitorWords(chat)
    .slice(-mostLines)
    .map((text) => shortened(text));
  const when = dayWords(lastWordAt(chat), story);
  return bullets(`They wrote in the chat on the website ${when}:`, lines);
}

function tellLastCall(story: LeadStory): string {
  const talk = story.calls.find(({ answeredAt }) => answeredAt !== null);
  const tried = story.calls.find(({ answeredAt }) => answeredAt === null);
  if (!talk) {
    if (!tried) return "There is no call with them yet.";
    return `You have not spoken yet. The last try was ${dayWords(tried.startedAt, story)}.`;
  }
  const who = talk.direction === "inbound" ? "they called" : "you called";
  const summary = story.reports.find(({ callId }) => callId === talk.id)?.summary || talk.summary;
  const spoke = `You last spoke ${dayWords(talk.startedAt, story)}; ${who}.`;
  const since = tried && tried.startedAt > talk.startedAt ? ` A call ${dayWords(tried.startedAt, story)} was not answered.` : ""; // prettier-ignore
  return [`${spoke}${since}`, summary].filter((part) => part !== "").join("\n\n");
}

/** So much of what was noted or written fits a list. */
const longestNote = 400;

function shortened(text: string): string {
  return text.length > longestNote ? `${text.slice(0, longestNote)}…` : text;
}

function tellMeetings(story: LeadStory): string {
  const ahead = story.appointments.map(({ title, startAt }) => `${title}: planned, ${dayWords(startAt, story)}`); // prettier-ignore
  const all = [...ahead, ...story.pastAppointments.map((one) => tellPast(one, story))];
  return all.length === 0 ? "There is no appointment with them yet." : bullets("Appointments with them:", all); // prettier-ignore
}

function tellPast({ title, startAt, status, notes }: Appointment, story: LeadStory): string {
  const head = `${title}, ${dayWords(startAt, story)}: ${cameOf[status]}`;
  return notes.trim() === "" ? head : `${head}. ${asSentence(shortened(notes))}`;
}

function tellOpen(story: LeadStory): string {
  const tasks = story.tasks.map(({ title, dueAt }) =>
    dueAt === null ? title : `${title}, due ${dayWords(dueAt, story)}`,
  );
  const deals = openDealsOf(story).map(
    (deal) => `Deal ${deal.name}: ${stageLabel(story, "deals", deal.stage)}`,
  );
  const tickets = story.tickets.filter(({ status }) => status === "open" || status === "waiting").map(({ title }) => `Ticket ${title}`); // prettier-ignore
  const meetings = story.appointments.map(({ title, startAt }) => `${title}, ${dayWords(startAt, story)}`);
  const all = [...tasks, ...meetings, ...deals, ...tickets];
  return all.length === 0 ? "Nothing is open with them." : bullets("Open with them:", all);
}

function tellObjections({ reports }: LeadStory): string {
  const all = reports.flatMap(({ objections }) => objections);
  if (all.length === 0) return "No objection was heard in their last calls.";
  return bullets("What they held against it:", all.map(({ text, answered }) => `${text} (${answered ? "answered" : "left open"})`)); // prettier-ignore
}

function tellAll(story: LeadStory): string {
  const { lead } = story;
  const about = [lead.title, lead.company, lead.city].filter((part) => part !== "").join(", ");
  const score = lead.score === null ? "" : `, score ${lead.score}`;
  const head = `${lead.name}${about === "" ? "" : ` (${about})`} stands at ${stageLabel(story, "leads", lead.stage)}${score}.`;
  const [last] = story.pastAppointments;
  const met = last ? [asSentence(`last appointment: ${tellPast(last, story)}`)] : [];
  return [head, tellLastTalk(story), ...met, tellOpen(story)].join("\n\n");
}

function bullets(heading: string, items: readonly string[]): string {
  return [heading, ...items.map((item) => `- ${asSentence(item)}`)].join("\n");
}
