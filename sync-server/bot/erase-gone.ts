import { sql } from "drizzle-orm";
import { inSystem, rowsOf, type Database, type Tx } from "../database/index.ts";
import { erasedAfterMs, eraseInsight } from "../sync/index.ts";
import type { ChatRef } from "./chat-store.ts";
import { chatRecordId } from "./share-chat.ts";

const mostAtOnce = 200;

/**
 * [EDIT-10] Erases conversations whose lead was deleted a week ago: every word, the visitor's key, and what its record
 * says. Done by every node, it is done once.
 */
export async function eraseGone(db: Database, nowMs: number): Promise<void> {
  const goneSince = new Date(nowMs - erasedAfterMs).toISOString();
  const gone = await inSystem(db, (tx) =>
    rowsOf<ChatRef>(
      tx,
      sql`SELECT chats.tenant_id AS "tenantId", chats.id AS "chatId" FROM chats
          JOIN insights ON insights.tenant_id = chats.tenant_id AND insights.id = 'chat:' || chats.id
          WHERE insights.deleted AND insights.doc->>'updatedAt' <= ${goneSince} LIMIT ${mostAtOnce}`,
    ),
  );
  for (const ref of gone) await eraseChat(db, ref);
}

function eraseChat(db: Database, ref: ChatRef): Promise<void> {
  const { tenantId, chatId } = ref;
  return inSystem(db, async (tx) => {
    // As whoever adds to it does, so that neither waits for the other.
    await tx.execute(sql`SELECT FROM chats WHERE tenant_id = ${tenantId} AND id = ${chatId} FOR UPDATE`);
    if (await eraseInsight(tx, tenantId, chatRecordId(chatId))) await eraseWords(tx, ref);
  });
}

/** Requests may add events and remove none: the server does, in its own name. */
export async function eraseWords(tx: Tx, { tenantId, chatId }: ChatRef): Promise<void> {
  await tx.execute(sql`DELETE FROM chat_events WHERE tenant_id = ${tenantId} AND chat_id = ${chatId}`);
  await tx.execute(sql`DELETE FROM chats WHERE tenant_id = ${tenantId} AND id = ${chatId}`);
}
