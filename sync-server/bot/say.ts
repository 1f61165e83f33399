import { RateLimiterMemory } from "rate-limiter-flexible";
import type { z } from "zod";
import { mostSaid } from "../../shared/bot/bot.ts";
import type { Conversation, NewEvent } from "../../shared/bot/conversation.ts";
import type { ChatPart, Say } from "../../shared/bot/wire.ts";
import { inTenant } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { oneAfterAnother } from "../sync/index.ts";
import type { KnownBot } from "./bot-records.ts";
import { appendEvents, type ChatRef } from "./chat-store.ts";
import { nowOf, type BotDeps } from "./deps.ts";
import { readFacts } from "./read-facts.ts";
import { eventAt, respond } from "./respond.ts";
import { partsAfter } from "./views.ts";

/** Nobody types faster; what does is a program. */
const mostAMinute = 20;

/**
 * Takes a visitor's words, each once, and answers them. An answer is made to its end also where the visitor is gone in
 * the middle of it: it stands in the conversation when they come back. Said again, words that have their answer get
 * none; those whose answer was lost with a server get it then.
 */
export function createSay(deps: BotDeps) {
  const inTurn = oneAfterAnother();
  const rate = new RateLimiterMemory({ points: mostAMinute, duration: 60 });

  return async function say(
    known: KnownBot,
    ref: ChatRef,
    said: z.output<typeof Say>,
  ): Promise<AsyncIterable<ChatPart>> {
    await rate.consume(ref.chatId).catch(() => {
      throw new Refused("too-many-requests", "One thing at a time: wait a little.");
    });
    const { conversation, seq } = await hear(ref, said);
    const parts = createPipe<ChatPart>();
    // Two messages at once are answered one after the other, the second with what was said to the first.
    void inTurn(ref.chatId, () => answer(known, ref, said, parts.put)).then(() => parts.end(null), parts.end);
    for (const part of partsAfter(conversation, seq - 1)) parts.put(part);
    return parts;
  };

  async function hear(
    ref: ChatRef,
    { id, text }: z.output<typeof Say>,
  ): Promise<{ conversation: Conversation; seq: number }> {
    const at = nowOf(deps);
    const event: NewEvent = { id: `visitor:${id}`, at, type: "visitor-said", text };
    return inTenant(deps.db, ref, async (tx) => {
      const { conversation, places } = await appendEvents(tx, ref, [event], at);
      const seq = places.get(event.id);
      if (seq === undefined) throw new Refused("conflict", "This conversation has ended: begin a new one.");
      if (conversation.turns.filter(({ by }) => by === "visitor").length > mostSaid)
        throw new Refused("too-many-requests", "This conversation has become too long: begin a new one.");
      return { conversation, seq };
    });
  }

  async function answer(
    { bot, answers }: KnownBot,
    ref: ChatRef,
    { id, text }: z.output<typeof Say>,
    put: (part: ChatPart) => void,
  ): Promise<void> {
    const before = await inTenant(deps.db, ref, async (tx) => ({
      ...(await appendEvents(tx, ref, [], nowOf(deps))),
      facts: await readFacts(tx, ref.tenantId, bot, deps.clock.now()),
    }));
    const { conversation, facts, places } = before;
    if (places.has(`said:${id}`)) return;
    const last = conversation.turns.at(-1)?.seq ?? 0;
    for await (const part of respond(deps.ai, {
      tenantId: ref.tenantId,
      bot,
      answers,
      facts,
      conversation,
      said: text,
    })) {
      if (part.kind !== "events") {
        put(part);
        continue;
      }
      const at = nowOf(deps);
      const events = part.events.map((event) => eventAt(event, at, id));
      const after = await inTenant(deps.db, ref, (tx) => appendEvents(tx, ref, events, at));
      for (const said of partsAfter(after.conversation, last)) put(said);
    }
  }
}

/** What is put in comes out, in order, for one reader, who may come late or never. */
function createPipe<T>() {
  const waiting: T[] = [];
  let ended: { error: unknown } | null = null;
  let wake = () => {};
  return {
    put(item: T): void {
      waiting.push(item);
      wake();
    },
    /** @param error null = all was well */
    end(error: unknown): void {
      ended = { error };
      wake();
    },
    async *[Symbol.asyncIterator](): AsyncGenerator<T> {
      while (true) {
        const next = waiting.shift();
        if (next !== undefined) yield next;
        else if (ended?.error) throw ended.error;
        else if (ended) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
