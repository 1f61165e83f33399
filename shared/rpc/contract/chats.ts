import { z } from "zod";
import { Outcome } from "../../bot/conversation.ts";
import { longestReply } from "../../bot/bot.ts";
import { Suggested } from "../../bot/wire.ts";
import { RecordId, UserId } from "../../entities/id.ts";
import { Chat } from "../../entities/insight.ts";
import { command, query } from "../define.ts";

/** Conversations with visitors that a person was wanted for: `open` = waiting, mine, a colleague's; `ended`: the newest. */
export const listChats = query("chats.list", {
  input: z.object({ show: z.enum(["open", "ended"]) }),
  output: z.object({
    chats: z.array(Chat.extend({ leadName: z.string() })),
    /** Whoever looks. */
    me: z.string(),
  }),
});
export type ListedChat = z.output<typeof listChats.output>["chats"][number];

/** How many nobody has taken yet: the badge of the rail. */
export const chatsWaiting = query("chats.waiting", {
  input: z.object({}),
  output: z.object({ waiting: z.int() }),
});

const chat = { chatId: RecordId };
/** Whether the visitor writes at this moment; while the server cannot be asked they do not. */
export const visitorTyping = query("chats.visitorTyping", {
  input: z.object(chat),
  output: z.object({ typing: z.boolean() }),
});
const done = z.object({});

// Said to a visitor who waits for it: none of it is kept for a network that is not there.
export const takeChat = command("chats.take", { input: z.object(chat), output: done });
/** To a colleague, who has it from then on. */
export const passChat = command("chats.pass", { input: z.object({ ...chat, toId: UserId }), output: done });
/** Anybody may take it again. */
export const giveBackChat = command("chats.giveBack", { input: z.object(chat), output: done });
/** The visitor is shown that somebody writes, for a few seconds. */
export const tellTyping = command("chats.tellTyping", { input: z.object(chat), output: done });
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

export const chatsContract = {
  listChats,
  chatsWaiting,
  visitorTyping,
  tellTyping,
  takeChat,
  passChat,
  giveBackChat,
  sayInChat,
  endChat,
  suggestReply,
};
