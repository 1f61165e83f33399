import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Bot } from "../../../shared/bot/bot.ts";
import type { ChatEvent } from "../../../shared/bot/conversation.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** Bots as admins set them up. */
export const bots = pgTable(
  "bots",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    /** What pages outside know it by: 128 random bits, and nothing else leads from a page to an organisation. */
    publicId: text("public_id").notNull(),
    config: jsonb("config").$type<Bot>().notNull(),
    createdAt: instant("created_at").notNull(),
    changedAt: instant("changed_at").notNull(),
    archived: boolean("archived").notNull().default(false),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("bots_public_id").on(table.publicId),
  ],
);

/** Conversations with visitors. What they are follows from their events; here stands what they are looked for by. */
export const chats = pgTable(
  "chats",
  {
    tenantId: text("tenant_id").notNull(),
    id: text("id").notNull(),
    botId: text("bot_id").notNull(),
    /** SHA-256 of the visitor's token: the conversation is whose browser holds it. */
    tokenHash: text("token_hash").notNull(),
    /** Of the last event. */
    seq: integer("seq").notNull().default(0),
    phase: text("phase").$type<"bot" | "waiting" | "person" | "ended">().notNull().default("bot"),
    openedAt: instant("opened_at").notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex("chats_token").on(table.tenantId, table.tokenHash),
    index("chats_opened").on(table.tenantId, table.openedAt),
    index("chats_open").on(table.phase, table.lastAt),
  ],
);

/** What happened in a conversation, each once, in the order that its lock gave. */
export const chatEvents = pgTable(
  "chat_events",
  {
    tenantId: text("tenant_id").notNull(),
    chatId: text("chat_id").notNull(),
    seq: integer("seq").notNull(),
    /** Of whoever says it: the same words sent again are the same event. */
    id: text("id").notNull(),
    event: jsonb("event").$type<ChatEvent>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.chatId, table.seq] }),
    uniqueIndex("chat_events_id").on(table.tenantId, table.chatId, table.id),
  ],
);
