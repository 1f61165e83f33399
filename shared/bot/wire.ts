import { z } from "zod";
import { Instant } from "../entities/fields.ts";
import { UserId } from "../entities/id.ts";
import { Bot, longestReply, longestSaid } from "./bot.ts";
import { ChatEvent, Outcome } from "./conversation.ts";

// What a page outside asks of a bot (`publicChatPaths`), what a desk asks of a conversation that a person was wanted
// for (`deskChatPaths`), and what the console asks to try a bot out.

/** @param bot its public id. All but `bot` and `open` with `Authorization: Bearer <token of the conversation>` */
export const publicChatPaths = {
  /** GET: PublicBot. */
  bot: (bot: string) => `/api/v1/chat/${bot}`,
  /** POST: begins a conversation. PublicOpened. */
  open: (bot: string) => `/api/v1/chat/${bot}/conversations`,
  /** GET: PublicChat, also after a reload. */
  chat: (bot: string) => `/api/v1/chat/${bot}/conversation`,
  /** POST Say: a stream of ChatPart as server-sent events; it ends when the bot has answered. */
  say: (bot: string) => `/api/v1/chat/${bot}/messages`,
  /** GET: what others say from `after` on, as server-sent events; it goes on until the conversation has ended. */
  stream: (bot: string) => `/api/v1/chat/${bot}/stream`,
  /** POST: the visitor is writing; said again every few seconds while they are. */
  typing: (bot: string) => `/api/v1/chat/${bot}/typing`,
  /** POST: the visitor goes. */
  end: (bot: string) => `/api/v1/chat/${bot}/end`,
} as const;

/** @param chat the id of its record (shared/entities/insight.ts), without the `chat:` before it. */
export const deskChatPaths = {
  take: (chat: string) => `/api/v1/chats/${chat}/take`,
  /** POST PassOn: to a colleague. */
  pass: (chat: string) => `/api/v1/chats/${chat}/pass`,
  /** POST: back to where anybody may take it. */
  giveBack: (chat: string) => `/api/v1/chats/${chat}/return`,
  /** GET: Typing, whether the visitor writes. POST: whoever holds it is writing. */
  typing: (chat: string) => `/api/v1/chats/${chat}/typing`,
  /** POST PersonSays. */
  say: (chat: string) => `/api/v1/chats/${chat}/messages`,
  /** POST PersonEnds. */
  end: (chat: string) => `/api/v1/chats/${chat}/end`,
  /** POST: Suggested. */
  suggest: (chat: string) => `/api/v1/chats/${chat}/suggestion`,
} as const;
export const tryBotPath = "/api/v1/bots/try";

/** Who speaks with the visitor; `with` is their name, empty = nobody yet. */
export const ChatState = z.strictObject({
  phase: z.enum(["bot", "waiting", "person", "ended"]),
  with: z.string(),
});
export type ChatState = z.infer<typeof ChatState>;

export const PublicTurn = z.strictObject({
  seq: z.int(),
  at: Instant,
  by: z.enum(["visitor", "bot", "person"]),
  text: z.string(),
});
export type PublicTurn = z.infer<typeof PublicTurn>;

export const PublicBot = z.strictObject({
  name: z.string(),
  opening: z.string(),
  /** Whether people are there to take over. */
  open: z.boolean(),
});
export const PublicChat = z.strictObject({ state: ChatState, turns: z.array(PublicTurn) });
export type PublicChat = z.infer<typeof PublicChat>;
/** The token is the only key to the conversation: whoever loses it begins a new one. */
export const PublicOpened = PublicChat.extend({ token: z.string() });

/** `id` is the page's own, so that the same words sent again are said once. */
export const Say = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/u),
  text: z.string().trim().min(1).max(longestSaid),
});
export const After = z.strictObject({ after: z.coerce.number().int().min(0).max(1e9).default(0) });

/**
 * `begin`: the bot is writing; it takes back what came before. `text`: the next words. `turn`: said for good, the bot's
 * turn in the place of its words. `state` is the last of an answer. `typing`: a person is writing; it holds for
 * `typingShownMs`.
 */
export const ChatPart = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("turn"), turn: PublicTurn }),
  z.strictObject({ kind: z.literal("begin") }),
  z.strictObject({ kind: z.literal("typing") }),
  z.strictObject({ kind: z.literal("text"), text: z.string() }),
  z.strictObject({ kind: z.literal("state"), state: ChatState }),
]);
export type ChatPart = z.infer<typeof ChatPart>;

/** Whoever writes says so every `typingToldMs`; it is shown for so long after they said so last. */
export const [typingToldMs, typingShownMs] = [3_000, 6_000];
export const Typing = z.strictObject({ typing: z.boolean() });

export const PersonSays = z.strictObject({
  id: z.string().regex(/^[\w-]{1,64}$/u),
  text: z.string().trim().min(1).max(longestReply),
});
export const PassOn = z.strictObject({ toId: UserId });
export const PersonEnds = z.strictObject({ outcome: Outcome });
/** Empty = nothing that the bot knows fits. `cut`: it ends early, at a whole sentence; without it, it does not. */
export const Suggested = z.strictObject({
  text: z.string(),
  by: z.enum(["rules", "model"]),
  cut: z.enum(["length", "time"]).optional(),
});

/** A conversation that is nowhere kept: `events` is what was said in it so far. */
export const TryBot = z.strictObject({
  bot: Bot,
  events: z.array(ChatEvent).max(500),
  said: z.string().trim().min(1).max(longestSaid),
});
/** The parts of an answer, then the events that are the conversation from then on. */
export const TryPart = z.union([
  ChatPart,
  z.strictObject({ kind: z.literal("events"), events: z.array(ChatEvent) }),
]);
export type TryPart = z.infer<typeof TryPart>;
