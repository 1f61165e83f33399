import type { Chat } from "../../../shared/entities/insight.ts";
import { reasonWords } from "../../../shared/bot/words.ts";
import type { Clock } from "../../../shared/result/ports.ts";
import { recordSql } from "../live/read-records.ts";
import type { Replica } from "../replica.ts";

export type ChatAlertPorts = {
  clock: Clock;
  /** Asks the host for a desktop notification. */
  notify(what: { tag: string; title: string; body: string }): void;
  onTrouble(cause: unknown): void;
};

/** What a first sync brings, or a network that was away for long, is no news. */
const newsForMs = 15 * 60_000;

type Open = Pick<Chat, "id" | "phase" | "agentId" | "waitingSince">;

/**
 * Tells of each visitor who begins to wait for somebody of us, and of each whom a colleague hands to me. What stood
 * there before the desk was opened is shown on the rail alone.
 */
export function startChatAlerts({ reads, me }: Pick<Replica, "reads" | "me">, ports: ChatAlertPorts) {
  let known: Map<string, Open> | null = null;
  let turn = Promise.resolve();
  let closed = false;

  async function look(): Promise<void> {
    const chats = await readOpen(reads);
    const before = known;
    known = new Map(chats.map((chat) => [chat.id, chat]));
    if (before === null || closed) return;
    for (const chat of chats) {
      const title = titleOf(chat, before.get(chat.id), me.userId);
      const isNews = ports.clock.now() - Date.parse(chat.waitingSince) < newsForMs;
      if (title && isNews)
        ports.notify({ tag: `${chat.id}@${chat.waitingSince}`, title, body: bodyOf(chat) });
    }
  }
  const lookInTurn = () =>
    void (turn = turn.then(() => (closed ? undefined : look())).catch(ports.onTrouble));
  const stop = reads.onChange(({ collection, records }) => {
    if (collection === "insights" && records.some(({ id }) => id.startsWith("chat:"))) lookInTurn();
  });
  lookInTurn();
  return {
    /** When all that has come so far was looked at. */
    settled: () => turn,
    close() {
      closed = true;
      stop();
    },
  };
}

/** @returns null where it is nothing new, or nothing for this person */
function titleOf(chat: Chat, before: Open | undefined, me: string): string | null {
  const name = chat.told.name || chat.told.email || chat.told.phone || "A visitor";
  if (chat.phase === "waiting")
    return before?.phase === "waiting" && before.waitingSince === chat.waitingSince
      ? null
      : `${name} waits in a chat`;
  // Out of the queue it was me who took it. What a colleague has is often not on this desk until it is handed over.
  const wasMine = before?.phase === "person" && before.agentId === me;
  const isMine = chat.phase === "person" && chat.agentId === me;
  return isMine && !wasMine && before?.phase !== "waiting" ? `${name}: a chat is handed to you` : null;
}

function bodyOf({ turns, why }: Chat): string {
  return turns.findLast(({ by }) => by === "visitor")?.text.slice(0, 200) ?? reasonWords[why];
}

async function readOpen(reads: Replica["reads"]): Promise<Chat[]> {
  const rows = await reads.sql<{ doc: Chat }>(
    `select ${recordSql} as doc from ${reads.table("insights")}
     where id >= 'chat:' and id < 'chat;' and not deleted and doc->>'phase' in ('waiting', 'person')
     order by doc->>'lastAt' desc, id limit 200`,
    [],
  );
  return rows.map(({ doc }) => doc);
}
