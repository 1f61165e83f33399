import { z } from "zod";
import { Bot } from "../../../shared/bot/bot.ts";
import { HandOffReason, Outcome } from "../../../shared/bot/conversation.ts";
import { Instant } from "../../../shared/entities/fields.ts";

// What the console asks about bots and what was said to them.

/** `publicId` is what a page outside names the bot by. */
export const BotRow = z.strictObject({ id: z.string(), publicId: z.string(), bot: Bot, changedAt: Instant });
export type BotRow = z.output<typeof BotRow>;
export const Bots = z.strictObject({ bots: z.array(BotRow) });

export const ChatRow = z.strictObject({
  id: z.string(),
  botName: z.string(),
  openedAt: Instant,
  lastAt: Instant,
  phase: z.enum(["bot", "waiting", "person", "ended"]),
  /** Null = the bot was enough. */
  why: HandOffReason.nullable(),
  /** What the visitor called themselves, or how they can be reached. */
  visitor: z.string(),
  agent: z.string(),
});
export type ChatRow = z.output<typeof ChatRow>;
/** `before` is `next` of the page before. */
export const ChatsPage = z.strictObject({
  before: Instant.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const Chats = z.strictObject({ chats: z.array(ChatRow), next: Instant.nullable() });

export const ChatSheet = ChatRow.extend({
  outcome: Outcome.nullable(),
  told: z.strictObject({
    name: z.string(),
    email: z.string(),
    phone: z.string(),
    need: z.string(),
    when: z.string(),
  }),
  turns: z.array(
    z.strictObject({
      seq: z.int(),
      at: Instant,
      by: z.enum(["visitor", "bot", "person"]),
      name: z.string(),
      text: z.string(),
    }),
  ),
});
export type ChatSheet = z.output<typeof ChatSheet>;
