import { sql } from "drizzle-orm";
import { ChatEvent, foldConversation, nextConversation, type Conversation, type NewEvent } from "../../shared/bot/conversation.ts"; // prettier-ignore
import { rowsOf, schema, type Tx } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import { announceChat } from "./announce.ts";
import { shareChat } from "./share-chat.ts";

export type ChatRef = { tenantId: string; chatId: string };

export type Appended = {
  conversation: Conversation;
  /** Those of the given that were new and fitted, in their place. */
  added: readonly ChatEvent[];
  /** Where each event of the conversation stands, by its id. */
  places: ReadonlyMap<string, number>;
};

/**
 * Adds to a conversation what fits it, each event once: what is there already, and what its phase does not allow, is
 * left out. Desks and the visitor's page hear of it when the transaction commits.
 * @throws Refused `not-found`
 */
export async function appendEvents(
  tx: Tx,
  ref: ChatRef,
  events: readonly NewEvent[],
  now: string,
): Promise<Appended> {
  const { seq, botId } = await lockChat(tx, ref);
  const known = await readEvents(tx, ref);
  const before = foldConversation(known);
  const { conversation, added } = place(before, events, new Set(known.map(({ id }) => id)), seq);
  if (conversation === null) throw new Error(`chat ${ref.chatId} was never opened`);
  const places = new Map([...known, ...added].map((event) => [event.id, event.seq]));
  const last = added.at(-1);
  if (last === undefined) return { conversation, added, places };
  await tx
    .insert(schema.chatEvents)
    .values(added.map((event) => ({ ...ref, seq: event.seq, id: event.id, event })));
  await tx.execute(
    sql`UPDATE chats SET seq = ${last.seq}, phase = ${conversation.phase.name}, last_at = ${conversation.lastAt}::timestamptz
        WHERE tenant_id = ${ref.tenantId} AND id = ${ref.chatId}`,
  );
  await shareChat(tx, { ...ref, botId }, before, conversation, now);
  await announceChat(tx, ref);
  return { conversation, added, places };
}

/** @throws Refused `not-found` */
export async function readConversation(tx: Tx, ref: ChatRef): Promise<Conversation> {
  const conversation = foldConversation(await readEvents(tx, ref));
  if (conversation === null) throw new Refused("not-found", "There is no such conversation.");
  return conversation;
}

async function readEvents(tx: Tx, { tenantId, chatId }: ChatRef): Promise<ChatEvent[]> {
  const rows = await rowsOf<{ event: unknown }>(
    tx,
    sql`SELECT event FROM chat_events WHERE tenant_id = ${tenantId} AND chat_id = ${chatId} ORDER BY seq`,
  );
  return rows.map(({ event }) => ChatEvent.parse(event));
}

async function lockChat(tx: Tx, { tenantId, chatId }: ChatRef): Promise<{ seq: number; botId: string }> {
  const [row] = await rowsOf<{ seq: number; botId: string }>(
    tx,
    sql`SELECT seq, bot_id AS "botId" FROM chats WHERE tenant_id = ${tenantId} AND id = ${chatId} FOR UPDATE`,
  );
  if (!row) throw new Refused("not-found", "There is no such conversation.");
  return row;
}

function place(
  before: Conversation | null,
  events: readonly NewEvent[],
  known: ReadonlySet<string>,
  lastSeq: number,
): { conversation: Conversation | null; added: ChatEvent[] } {
  let conversation = before;
  const added: ChatEvent[] = [];
  for (const given of events) {
    if (known.has(given.id)) continue;
    const event: ChatEvent = { ...given, seq: lastSeq + added.length + 1 };
    const next = nextConversation(conversation, event);
    if (next === null) continue;
    conversation = next;
    added.push(event);
  }
  return { conversation, added };
}
