import { sameValue } from "../../../shared/sync/fields.ts";
import type { Timers } from "../../../shared/result/ports.ts";
import type { visitorTyping } from "../../../shared/rpc/contract/chats.ts";
import type { QueryHandler } from "../../rpc/handlers.ts";

/** Sooner nobody would see a difference; later they would have written it. */
const askEveryMs = 2_000;

/**
 * Asks again and again for as long as somebody looks.
 * @param ask whether the visitor of a conversation writes; false where the server cannot be asked
 */
export function createVisitorTyping(
  ask: (chatId: string) => Promise<boolean>,
  timers: Timers,
): QueryHandler<typeof visitorTyping> {
  return ({ chatId }, emit) => {
    let stopped = false;
    let cancel = () => {};
    let last: { typing: boolean } | null = null;
    const look = async () => {
      const next = { typing: await ask(chatId).catch(() => false) };
      if (stopped) return;
      if (!sameValue(last, next)) emit((last = next));
      cancel = timers.after(askEveryMs, () => void look());
    };
    void look();
    return () => {
      stopped = true;
      cancel();
    };
  };
}
