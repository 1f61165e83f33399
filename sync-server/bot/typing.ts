import { sql } from "drizzle-orm";
import { typingShownMs } from "../../shared/bot/wire.ts";
import type { Clock } from "../../shared/result/ports.ts";
import { inTenant, type Database } from "../database/index.ts";
import type { ChatRef } from "./chat-store.ts";

const channel = "ringside_typing";
/** Nobody writes in more at once on one server. */
const mostRemembered = 20_000;

export type Writer = "visitor" | "person";
/** Who writes at this moment. It stands in no table: every node is told, and forgets it within seconds. */
export type Typing = {
  tell(ref: ChatRef, writer: Writer): Promise<void>;
  /** When they said so last, ms since the epoch; null = not lately. */
  since(ref: ChatRef, writer: Writer): number | null;
  /** Calls back whenever they say so. */
  follow(ref: ChatRef, writer: Writer, onTyping: () => void): () => void;
  stop(): Promise<void>;
};

export async function openTyping(db: Database, clock: Clock): Promise<Typing> {
  const lastAt = new Map<string, number>();
  const followers = new Map<string, Set<() => void>>();
  const unlisten = await db.listen(
    channel,
    (key) => {
      // The oldest first: each that is told anew goes to the end.
      lastAt.delete(key);
      lastAt.set(key, clock.now());
      const [oldest] = lastAt.keys();
      if (lastAt.size > mostRemembered && oldest !== undefined) lastAt.delete(oldest);
      for (const onTyping of followers.get(key) ?? []) onTyping();
    },
    // What was missed meanwhile is said again, or over.
    () => {},
  );
  return {
    async tell(ref, writer) {
      await inTenant(db, ref, (tx) => tx.execute(sql`SELECT pg_notify(${channel}, ${keyOf(ref, writer)})`));
    },
    since(ref, writer) {
      const at = lastAt.get(keyOf(ref, writer));
      return at !== undefined && clock.now() - at < typingShownMs ? at : null;
    },
    follow(ref, writer, onTyping) {
      const key = keyOf(ref, writer);
      const own = followers.get(key) ?? new Set();
      followers.set(key, own.add(onTyping));
      return () => {
        own.delete(onTyping);
        if (own.size === 0) followers.delete(key);
      };
    },
    async stop() {
      followers.clear();
      await unlisten();
    },
  };
}

function keyOf({ tenantId, chatId }: ChatRef, writer: Writer): string {
  return `${tenantId} ${chatId} ${writer}`;
}
