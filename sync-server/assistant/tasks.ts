import { answerQuestionByRules, type Subject } from "../../shared/assistant/answer-by-rules.ts";
import { DealInsight } from "../../shared/assistant/deals/insight.ts";
import { dealInsightByRules } from "../../shared/assistant/deals/insight-by-rules.ts";
import type { Question, QuestionAbout } from "../../shared/assistant/question.ts";
import type { Turn } from "../../shared/assistant/server-wire.ts";
import {
  stageLabel,
  tellStory,
  todayOf,
  withoutOthers,
  type LeadStory,
} from "../../shared/assistant/story.ts";
import type { Deal } from "../../shared/entities/deal.ts";
import type { Listing } from "../../shared/entities/listing.ts";
import { homesInFields } from "../../shared/entities/homes-in-fields.ts";
import { peopleInFields } from "../../shared/entities/people-in-fields.ts";
import { nobodyKnown, type AiTask, type AiTextTask, type Known } from "../ai/index.ts";

// What the assistant asks a model for. Each answer without one is shared/assistant's.

export type WriteInput<A extends Question["about"] = Question["about"]> = {
  question: QuestionAbout<A>;
  subject: Subject;
  turns: readonly Turn[];
};

const prose = {
  promptVersion: 1,
  priority: "waiting",
  sameForMs: 0,
  timeoutMs: 30_000,
  knownIn: ({ subject }: { subject: Subject }) => knownIn(subject.story),
  withoutOthers: <Input extends { subject: Subject }>(input: Input): Input => ({
    ...input,
    subject: { ...input.subject, story: input.subject.story && withoutOthers(input.subject.story) },
  }),
  byRules: ({ question, subject }: { question: Question; subject: Subject }) =>
    answerQuestionByRules(question, subject),
} as const;

const emailTask: AiTextTask<WriteInput<"email">> = {
  ...prose,
  name: "assistant.email",
  feature: "writing",
  difficulty: "hard",
  personalData: "hidden",
  maxOutputTokens: 900,
  dataOf: ({ question: { purpose, tone, length, wish, callId }, subject }) => ({
    ...{ purpose, tone, length, wish },
    about: storyOf(subject, callId),
  }),
};

const messageTask: AiTextTask<WriteInput<"message">> = {
  ...prose,
  name: "assistant.message",
  feature: "writing",
  difficulty: "light",
  personalData: "hidden",
  maxOutputTokens: 160,
  dataOf: ({ question: { purpose, tone, wish, callId }, subject }) => ({
    ...{ purpose, tone, wish },
    about: storyOf(subject, callId),
  }),
};

const listingTask: AiTextTask<WriteInput<"listing">> = {
  ...prose,
  name: "assistant.listing",
  feature: "listing",
  difficulty: "light",
  // Facts of what is sold, addresses among them: they are the text.
  personalData: "needed",
  maxOutputTokens: 900,
  dataOf: ({ question: { tone, length, language }, subject }) => ({
    ...{ tone, length, language },
    listing: tellListing(subject.listing),
  }),
};

const landingTask: AiTextTask<WriteInput<"landing">> = {
  ...prose,
  name: "assistant.landing",
  feature: "listing",
  difficulty: "light",
  // As for the description.
  personalData: "needed",
  maxOutputTokens: 500,
  dataOf: ({ question: { tone, language }, subject }) => ({
    ...{ tone, language },
    listing: tellListing(subject.listing),
  }),
};

export const chatTask: AiTextTask<WriteInput<"chat">> = {
  ...prose,
  name: "assistant.chat",
  promptVersion: 2,
  feature: "assistant",
  difficulty: "hard",
  personalData: "hidden",
  maxOutputTokens: 900,
  dataOf: ({ subject }) => ({ today: todayOf(subject), about: subject.story && tellStory(subject.story) }),
  turnsOf: ({ question, turns }) => [...turns, { role: "user", text: question.said }],
};

const tasks = {
  email: emailTask,
  message: messageTask,
  listing: listingTask,
  landing: landingTask,
  chat: chatTask,
} as const;

/** The task that answers a question. */
export function writeTaskFor(question: Question): AiTextTask<WriteInput> {
  // The table pairs each question with its own task.
  return tasks[question.about] as AiTextTask<WriteInput>;
}

export type InsightInput = { deal: Deal; story: LeadStory };

export const insightTask: AiTask<InsightInput, DealInsight> = {
  name: "assistant.deal-insight",
  promptVersion: 1,
  feature: "deal-insight",
  difficulty: "hard",
  priority: "waiting",
  personalData: "hidden",
  // The same facts have the same answer for as long as a person might look again.
  sameForMs: 600_000,
  maxOutputTokens: 800,
  timeoutMs: 30_000,
  schema: DealInsight,
  dataOf: ({ deal, story }) => ({
    deal: {
      ...{ name: deal.name, value: deal.value, currency: deal.currency, closesOn: deal.expectedCloseOn },
      ...{ stage: stageLabel(story, "deals", deal.stage), openedOn: deal.createdAt.slice(0, 10) },
      notes: deal.notes.slice(0, 2_000),
    },
    about: tellStory(story),
    rules: dealInsightByRules(deal, story),
  }),
  knownIn: ({ story }) => knownIn(story),
  withoutOthers: ({ deal, story }) => ({ deal, story: withoutOthers(story) }),
  byRules: ({ deal, story }) => dealInsightByRules(deal, story),
};

/** All whose prompts can be tried. */
export const promptTasks = [...Object.values(tasks), insightTask];

/** Everybody in a story whom no pattern finds. */
export function knownIn(story: LeadStory | null): Known {
  if (story === null) return nobodyKnown;
  const { lead, agent, colleagues, chats, offered } = story;
  const visitors = chats.map(({ told }) => told.name);
  return {
    people: [lead.name, ...peopleInFields(lead.custom), agent, ...colleagues, ...visitors],
    companies: [lead.company],
    homes: homesInFields(lead.custom),
    offered,
  };
}

/** The call that a letter is about comes first and says so. */
function storyOf({ story }: Subject, callId: string | null) {
  if (story === null) return null;
  const told = tellStory(story);
  const at = story.calls.findIndex(({ id }) => id === callId);
  return { ...told, theCall: told.calls[at] ?? null };
}

function tellListing(listing: Listing | null) {
  if (listing === null) return null;
  const { title, address, city, type, price, currency, bedrooms, bathrooms, parking, landSize, features } = listing; // prettier-ignore
  return {
    ...{ title, address, city, type, price, currency, bedrooms, bathrooms, parking, features },
    squareMetres: landSize,
    fields: listing.custom,
    descriptionSoFar: listing.description.slice(0, 2_000),
  };
}
