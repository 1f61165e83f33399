import { answerByRules, suggestByRules } from "../../shared/bot/answer-by-rules.ts";
import type { Bot, Known } from "../../shared/bot/bot.ts";
import type { Conversation } from "../../shared/bot/conversation.ts";
import { toldNothing } from "../../shared/bot/told.ts";
import { rankKnown } from "../../shared/bot/rank.ts";
import { nobodyKnown, type AiTextTask, type Turn } from "../ai/index.ts";

export type AnswerInput = {
  bot: Bot;
  /** Of the organisation. */
  business: string;
  /** All that may be said, listings among them. */
  knows: readonly Known[];
  conversation: Conversation;
  /** The visitor's last words. */
  said: string;
};

/** So much of what it knows is sent along, the most fitting; the rest would cost and distract. */
const mostKnown = 8;
const mostTurns = 16;

const traits = {
  feature: "chat",
  difficulty: "light",
  priority: "waiting",
  personalData: "hidden",
  sameForMs: 0,
  knownIn: ({ knows, conversation: { told, phase } }: AnswerInput) => ({
    ...nobodyKnown,
    people: [told.name, phase.name === "person" ? phase.agentName : ""],
    // Visitors ask where something is.
    offered: knows.map(({ text }) => text),
  }),
  withoutOthers: ({ conversation, ...input }: AnswerInput): AnswerInput => ({
    ...input,
    conversation: {
      ...conversation,
      told: toldNothing,
      turns: conversation.turns.filter(({ by }) => by !== "visitor"),
    },
  }),
} as const;

/** What a visitor reads; ends with a mark of shared/bot/mark.ts where something is to come of it. */
export const answerTask: AiTextTask<AnswerInput> = {
  ...traits,
  name: "bot.answer",
  promptVersion: 1,
  maxOutputTokens: 500,
  timeoutMs: 20_000,
  toldWithinMs: 60_000,
  dataOf,
  turnsOf: ({ conversation }) => turnsOf(conversation),
  byRules: ({ bot, knows, said }) => answerByRules({ bot, knows, said }),
};

/** What a person could answer, who reads it first. */
export const suggestTask: AiTextTask<AnswerInput> = {
  ...traits,
  name: "bot.suggest",
  promptVersion: 1,
  maxOutputTokens: 400,
  timeoutMs: 20_000,
  // Nobody reads along: a desk waits for the whole of it, and not for longer.
  toldWithinMs: 20_000,
  dataOf: (input) => ({ ...dataOf(input), conversation: turnsOf(input.conversation) }),
  byRules: ({ knows, said }) => suggestByRules(knows, said),
};

/** All whose prompts can be tried. */
export const promptTasks = [answerTask, suggestTask];

function dataOf({ bot, business, knows, conversation, said }: AnswerInput) {
  const fitting = rankKnown(knows, said).slice(0, mostKnown);
  // What shares no word may still be what is meant, in other words or another language.
  const others = knows.filter((one) => !fitting.some(({ known }) => known === one));
  return {
    bot: { name: bot.name, business, purposes: bot.purposes },
    knows: [...fitting.map(({ known }) => known), ...others].slice(0, mostKnown),
    told: conversation.told,
  };
}

/** Oldest first; the last is the visitor's. */
function turnsOf({ turns }: Conversation): Turn[] {
  return turns
    .slice(-mostTurns)
    .map(({ by, text }): Turn => ({ role: by === "visitor" ? "user" : "assistant", text }));
}
