import { sql } from "drizzle-orm";
import { inSlices, rowsOf, type Database, type Tx } from "../database/index.ts";
import { eraseInsight, removeRecords } from "../sync/index.ts";
import { eraseWords } from "./erase-gone.ts";
import { chatRecordId } from "./share-chat.ts";

/** Words of a transaction: who adds to one of these conversations waits for no long one. */
const atOnce = 50;

/**
 * Erases conversations that belong to no lead, so many days after their last word: as many as their organisation says,
 * and `keepDays` at most. Done by every node, it is done once.
 * @returns how many
 */
export function forgetUnclaimed(db: Database, nowMs: number, keepDays: number): Promise<number> {
  const now = new Date(nowMs).toISOString();
  return inSlices(db, atOnce, async (tx) => {
    const old = await readOld(tx, now, keepDays);
    for (const { tenantId, chatId } of old) {
      const recordId = chatRecordId(chatId);
      await removeRecords(tx, tenantId, "insights", [recordId], { now });
      await eraseInsight(tx, tenantId, recordId);
      await eraseWords(tx, { tenantId, chatId });
    }
    return old.length;
  });
}

/** Locked, as whoever adds to one does it first: what another node erases, or somebody goes on with, is left out. */
function readOld(tx: Tx, now: string, keepDays: number) {
  const days = sql`least(t.chat_days, ${keepDays}::int)`;
  return rowsOf<{ tenantId: string; chatId: string }>(
    tx,
    sql`SELECT c.tenant_id AS "tenantId", c.id AS "chatId" FROM chats c
        LEFT JOIN ai_retention t ON t.tenant_id = c.tenant_id
        LEFT JOIN insights i ON i.tenant_id = c.tenant_id AND i.id = 'chat:' || c.id
        WHERE c.last_at < ${now}::timestamptz - make_interval(days => ${days}) AND i.doc->>'leadId' IS NULL
          AND i.deleted IS NOT TRUE
        ORDER BY c.last_at LIMIT ${atOnce} FOR UPDATE OF c SKIP LOCKED`,
  );
}
