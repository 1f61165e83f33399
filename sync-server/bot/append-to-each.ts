import type { Conversation, NewEvent } from "../../shared/bot/conversation.ts";
import { inTenant, type Database } from "../database/index.ts";
import { appendEvents, type ChatRef } from "./chat-store.ts";

/**
 * Adds one event to each of several conversations. One that fails keeps no other one waiting.
 * @throws AggregateError with what failed, when all were tried
 */
export async function appendToEach(
  db: Database,
  refs: readonly ChatRef[],
  at: string,
  eventOf: (conversation: Conversation) => NewEvent,
): Promise<void> {
  const failures: unknown[] = [];
  for (const ref of refs)
    await inTenant(db, ref, async (tx) => {
      const { conversation } = await appendEvents(tx, ref, [], at);
      await appendEvents(tx, ref, [eventOf(conversation)], at);
    }).catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${refs.length} chats failed`);
}
