import { thanksId, type Conversation, type NewEvent } from "../../shared/bot/conversation.ts";
import { joinMark, shownSoFar } from "../../shared/bot/mark.ts";
import { planReply, replyWith, type Reply } from "../../shared/bot/plan-reply.ts";
import type { Bot } from "../../shared/bot/bot.ts";
import type { ChatPart } from "../../shared/bot/wire.ts";
import type { Ai } from "../ai/index.ts";
import type { Facts } from "./read-facts.ts";
import { answerTask } from "./tasks.ts";

export type Asked = {
  tenantId: string;
  bot: Bot;
  /** Whether the bot speaks at all: what one still holds that was switched off goes to a person. */
  answers: boolean;
  facts: Facts;
  /** With the visitor's words in it. */
  conversation: Conversation;
  said: string;
};

export type Responded =
  | Extract<ChatPart, { kind: "begin" | "text" }>
  /** The last one: what the bot says for good; the events lack their time alone. */
  | { kind: "events"; events: readonly Untimed[] };
type Untimed = NewEvent extends infer E
  ? E extends NewEvent
    ? Omit<E, "at" | "id"> & { id: "said" | "handed-off" | typeof thanksId }
    : never
  : never;

/** With the time, and named by what it answers: said again, it is there already. Thanks are said once to everything. */
export function eventAt(event: Untimed, at: string, answered: string | number): NewEvent {
  return { ...event, at, id: event.id === thanksId ? thanksId : `${event.id}:${answered}` };
}

/** What the bot says to somebody's words, while it comes. Nothing is kept here: whoever asks does that. */
export async function* respond(ai: Ai, asked: Asked): AsyncGenerator<Responded> {
  const { bot, answers, facts, conversation, said } = asked;
  const plan = planReply(conversation, said, { bot, answers, open: facts.open });
  if (plan.do === "nothing") return yield { kind: "events", events: [] };
  if (plan.do === "reply")
    return yield { kind: "events", events: eventsOf(plan.reply, "rules", conversation) };
  const answer = yield* answerOf(ai, asked);
  const reply = replyWith(answer.text, conversation, { bot, open: facts.open });
  yield { kind: "events", events: eventsOf(reply, answer.by, conversation) };
}

type Answer = { text: string; by: "rules" | "model" };

/**
 * Marks are held back: they are said to us. One that ends early has lost its own, which may have called for a person: a
 * person goes on.
 */
async function* answerOf(ai: Ai, { tenantId, ...asked }: Asked): AsyncGenerator<Responded, Answer> {
  const { bot, facts, conversation, said } = asked;
  const input = { bot, business: facts.business, knows: facts.knows, conversation, said };
  let [whole, shown] = ["", ""];
  for await (const part of ai.stream({ tenantId, userId: null, task: answerTask, input })) {
    if (part.kind === "begin") {
      [whole, shown] = ["", ""];
      yield { kind: "begin" };
    } else if (part.kind === "text") {
      whole += part.text;
      const next = shownSoFar(whole).slice(shown.length);
      shown += next;
      if (next !== "") yield { kind: "text", text: next };
    } else return { text: part.cut === null ? whole : joinMark(whole, "unsure"), by: part.by };
  }
  throw new Error("a stream without an end");
}

function eventsOf(
  { text, asks, missed, handOff }: Reply,
  by: Answer["by"],
  { phase }: Conversation,
): Untimed[] {
  const id = phase.name === "waiting" ? thanksId : "said";
  const said: Untimed = { id, type: "bot-said", text, asks, missed, by };
  return handOff === null ? [said] : [said, { id: "handed-off", type: "handed-off", why: handOff }];
}
