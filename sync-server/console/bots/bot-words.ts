import type { Bot, Purpose } from "../../../shared/bot/bot.ts";
import type { ChatRow } from "../../admin/bots/wire.ts";

export const purposeWords: Readonly<Record<Purpose, string>> = {
  answers: "Answers questions from what stands below",
  listings: "Says what is on offer, from your listings",
  qualification: "Asks those who are interested what they look for and how to reach them",
  "call-back": "Books a call back: a number and a time",
  support: "Takes down what is wrong",
};

export const phaseWords: Readonly<Record<ChatRow["phase"], string>> = {
  bot: "With the bot",
  waiting: "Waiting for a person",
  person: "With a person",
  ended: "Ended",
};

/** A new bot says little until somebody has written what it knows. */
export const freshBot: Bot = {
  name: "Assistant",
  opening: "Hello! Ask me anything, or write “person” to talk to one of us.",
  purposes: ["answers", "qualification", "call-back"],
  knows: [],
  teamId: null,
  people: "business-hours",
  origins: [],
  mostAnswers: 20,
  mostChatsADay: 500,
  on: true,
};

/** One origin a line, as people paste addresses of pages: what lies behind the host is left away. */
export function readOrigins(text: string): string[] {
  const lines = text.split(/[\s,]+/u).filter((line) => line !== "");
  const origins = lines.map((line) => (URL.canParse(line) ? new URL(line).origin : line));
  return [...new Set(origins)];
}
