import { sql } from "drizzle-orm";
import { readConversation } from "../../bot/index.ts";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import { addRoute, admins, found, type Routes } from "../route.ts";
import { IdParam } from "../wire.ts";
import { Chats, ChatSheet, ChatsPage, type ChatRow } from "./wire.ts";

/** What was said to the bots, to be read. Who reads a conversation stands in the audit log. */
export function addChatRoutes(routes: Routes): void {
  const path = "/bot-chats";
  addRoute(
    routes,
    { method: "GET", path, summary: "Conversations with visitors, newest first", roles: admins, query: ChatsPage, answer: Chats }, // prettier-ignore
    async ({ tx, identity: { tenantId }, query: { before, limit } }) => {
      const chats = await readChats(tx, tenantId, { before: before ?? null, id: null }, limit + 1);
      const page = chats.slice(0, limit);
      return { chats: page, next: chats.length > limit ? (page.at(-1)?.openedAt ?? null) : null };
    },
  );
  addRoute(
    routes,
    { method: "GET", path: `${path}/:id`, summary: "A conversation, word for word; reading it is noted", roles: admins, params: IdParam, answer: ChatSheet }, // prettier-ignore
    async ({ tx, identity: { tenantId }, params: { id }, note }) => {
      const row = found((await readChats(tx, tenantId, { before: null, id }, 1))[0], "conversation");
      const { told, turns, phase, botName } = await readConversation(tx, { tenantId, chatId: id });
      await note("chat.read", `bot-chats/${id}`, { botName });
      const names = { visitor: row.visitor || "Visitor", bot: botName, person: row.agent };
      return {
        ...row,
        told,
        outcome: phase.name === "ended" ? phase.outcome : null,
        turns: turns.map(({ seq, at, by, text }) => ({ seq, at, by, text, name: names[by] })),
      };
    },
  );
}

function readChats(
  tx: Tx,
  tenantId: string,
  { before, id }: { before: string | null; id: string | null },
  limit: number,
): Promise<ChatRow[]> {
  return rowsOf<ChatRow>(
    tx,
    sql`SELECT c.id, coalesce(b.config->>'name', '') AS "botName", ${isoText(sql`c.opened_at`)} AS "openedAt",
               ${isoText(sql`c.last_at`)} AS "lastAt", c.phase, i.doc->>'why' AS why,
               coalesce(nullif(i.doc->'told'->>'name', ''), nullif(i.doc->'told'->>'email', ''), i.doc->'told'->>'phone', '') AS visitor,
               coalesce(p.doc->>'name', '') AS agent
        FROM chats c
        LEFT JOIN bots b ON b.tenant_id = c.tenant_id AND b.id = c.bot_id
        LEFT JOIN insights i ON i.tenant_id = c.tenant_id AND i.id = 'chat:' || c.id
        LEFT JOIN settings p ON p.tenant_id = c.tenant_id AND p.id = 'person:' || (i.doc->>'agentId')
        WHERE c.tenant_id = ${tenantId} AND (${id}::text IS NULL OR c.id = ${id}) AND i.deleted IS NOT TRUE
          AND (${before}::timestamptz IS NULL OR c.opened_at < ${before}::timestamptz)
        ORDER BY c.opened_at DESC, c.id LIMIT ${limit}`,
  );
}
