import type { Chat } from "../entities/insight.ts";

// Conversations with visitors, as what passed with a lead.

/** What the visitor wrote, oldest first. */
export function visitorWords({ turns }: Pick<Chat, "turns">): string[] {
  return turns.filter(({ by }) => by === "visitor").map(({ text }) => text);
}

/** When something was said last; its end by silence comes long after. */
export function lastWordAt({ at, turns }: Pick<Chat, "at" | "turns">): string {
  return turns.at(-1)?.at ?? at;
}

/** Whether one of us spoke in it, besides the bot. */
export function isAnswered({ turns }: Pick<Chat, "turns">): boolean {
  return turns.some(({ by }) => by === "person");
}

/** They say first what they need, which is told apart; how it stands is said at the end. */
const longestTalk = 3_000;
const speakers = { visitor: "customer", bot: "bot", person: "us" } as const;

/** As a model is told it. */
export function tellChat({ at, phase, outcome, told, turns }: Chat) {
  const talk = turns.map(({ by, text }) => `${speakers[by]}: ${text}`).join("\n");
  return {
    ...{ at, phase, outcome, need: told.need, when: told.when },
    text: talk.length <= longestTalk ? talk : `…${talk.slice(-longestTalk)}`,
  };
}
