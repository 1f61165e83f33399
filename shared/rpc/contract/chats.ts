import { z } from "zod";
import { Outcome } from "../../bot/conversation.ts";
import { longestReply } from "../../bot/bot.ts";
import { Suggested } from "../../bot/wire.ts";
import { RecordId } from "../../entities/id.ts";
import { Chat } from "../../entities/insight.ts";
import { command, query } from "../define.ts";

/** Conversations with visitors that a person was wanted for: `open` = waiting, mine, a colleague's; `ended`: the newest. */
export const listChats = query("chats.list", {
  input: z.object({ show: z.enum(["open", "ended"]) }),
  output: z.object({
    chats: z.array(Chat.extend({ leadName: z.string() })),
    /** That nobody has taken yet. */
    waiting: z.int(),
    /** Whoever looks. */
    me: z.string(),
  }),
});
export type ListedChat = z.output<typeof listChats.output>["chats"][number];

const chat = { chatId: RecordId };
const done = z.object({});

// Said to a visitor who waits for it: none of it is kept for a network that is not there.
export const takeChat = command("chats.take", { input: z.object(chat), output: done });
/** `sayingId` makes the same words, sent again after an answer that was lost, one. */
export const sayInChat = command("chats.say", {
  input: z.object({
    ...chat,
    sayingId: z.string().max(64),
    text: z.string().trim().min(1).max(longestReply),
  }),
  output: done,
});
export const endChat = command("chats.end", { input: z.object({ ...chat, outcome: Outcome }), output: done });
/** What could be answered; empty = nothing that the bot knows fits. */
export const suggestReply = command("chats.suggest", { input: z.object(chat), output: Suggested });

export const chatsContract = { listChats, takeChat, sayInChat, endChat, suggestReply };
