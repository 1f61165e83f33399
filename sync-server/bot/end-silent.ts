import { sql } from "drizzle-orm";
import { inSystem, rowsOf, type Database } from "../database/index.ts";
import type { ChatRef } from "./chat-store.ts";
import { appendToEach } from "./append-to-each.ts";
import { isGone } from "./share-chat.ts";

const silentAfterMs = 24 * 3_600_000;
const mostAtOnce = 200;

/**
 * Ends what visitors have left without a word. One that waits for a person waits on: nobody is forgotten because they
 * went to bed. Done by every node, it is done once.
 */
export async function endSilent(db: Database, nowMs: number): Promise<void> {
  const at = new Date(nowMs).toISOString();
  const silentSince = new Date(nowMs - silentAfterMs).toISOString();
  const silent = await inSystem(db, (tx) =>
    rowsOf<ChatRef>(
      tx,
      sql`SELECT tenant_id AS "tenantId", id AS "chatId" FROM chats
          WHERE phase IN ('bot', 'person') AND last_at < ${silentSince}::timestamptz AND NOT ${isGone}
          LIMIT ${mostAtOnce}`,
    ),
  );
  await appendToEach(db, silent, at, () => ({
    id: "silence",
    at,
    type: "ended",
    by: "silence",
    outcome: null,
  }));
}
