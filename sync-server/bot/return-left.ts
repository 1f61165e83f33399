import { sql } from "drizzle-orm";
import { inSystem, rowsOf, type Database } from "../database/index.ts";
import type { ChatRef } from "./chat-store.ts";
import { appendToEach } from "./append-to-each.ts";
import { isGone } from "./share-chat.ts";

const mostAtOnce = 200;

/** Lets anybody take what somebody held who has left the organisation: the visitor would wait for them for ever. */
export async function returnLeft(db: Database, nowMs: number): Promise<void> {
  const at = new Date(nowMs).toISOString();
  const left = await inSystem(db, (tx) =>
    rowsOf<ChatRef>(
      tx,
      sql`SELECT chats.tenant_id AS "tenantId", chats.id AS "chatId" FROM chats
          JOIN insights i ON i.tenant_id = chats.tenant_id AND i.id = 'chat:' || chats.id
          WHERE chats.phase = 'person' AND NOT ${isGone} AND NOT EXISTS (
            SELECT FROM members m
            WHERE m.tenant_id = chats.tenant_id AND m.user_id = i.doc->>'agentId' AND m.deactivated_at IS NULL)
          ORDER BY chats.last_at LIMIT ${mostAtOnce}`,
    ),
  );
  await appendToEach(db, left, at, ({ hands }) => ({
    id: `returned:${hands}`,
    at,
    type: "returned",
    agentId: null,
  }));
}
