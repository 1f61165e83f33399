import { sql } from "drizzle-orm";
import type { Database, Tx } from "../database/index.ts";
import type { ChatRef } from "./chat-store.ts";

const channel = "ringside_chats";

/** Tells every node, when the transaction commits, that something was said or done in a conversation. */
export async function announceChat(tx: Tx, { tenantId, chatId }: ChatRef): Promise<void> {
  await tx.execute(sql`SELECT pg_notify(${channel}, ${`${tenantId} ${chatId}`})`);
}

export type ChatNews = {
  /** Calls back after each change of a conversation, and whenever one may have been missed. */
  follow(ref: ChatRef, onNews: () => void): () => void;
  stop(): Promise<void>;
};

export async function openChatNews(db: Database): Promise<ChatNews> {
  const followers = new Map<string, Set<() => void>>();
  const unlisten = await db.listen(
    channel,
    (payload) => tell(followers.get(payload) ?? []),
    () => [...followers.values()].forEach(tell),
  );
  return {
    follow({ tenantId, chatId }, onNews) {
      const key = `${tenantId} ${chatId}`;
      const own = followers.get(key) ?? new Set();
      followers.set(key, own.add(onNews));
      return () => {
        own.delete(onNews);
        if (own.size === 0) followers.delete(key);
      };
    },
    async stop() {
      followers.clear();
      await unlisten();
    },
  };
}

function tell(listeners: Iterable<() => void>): void {
  for (const listener of listeners) listener();
}
