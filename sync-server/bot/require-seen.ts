import { sql } from "drizzle-orm";
import { keysOf } from "../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import { Refused, type Identity } from "../http/index.ts";
import type { ChatRef } from "./chat-store.ts";
import { chatRecordId } from "./share-chat.ts";

/** @throws Refused `not-found` for a conversation that this person may not see */
export async function requireSeen(tx: Tx, identity: Identity, { tenantId, chatId }: ChatRef): Promise<void> {
  const seen = await rowsOf(
    tx,
    sql`SELECT 1 FROM insights WHERE tenant_id = ${tenantId} AND id = ${chatRecordId(chatId)} AND NOT deleted
          AND audience && ${sql.param(keysOf(identity))}::text[]`,
  );
  if (seen.length === 0) throw new Refused("not-found", "There is no such conversation.");
}
