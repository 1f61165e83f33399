import type { ServerResponse } from "node:http";
import type { ChatPart } from "../../shared/bot/wire.ts";
import { inTenant, type Database } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import type { ChatNews } from "./announce.ts";
import { readConversation, type ChatRef } from "./chat-store.ts";
import { stillHere } from "./events.ts";
import { partsAfter } from "./views.ts";

/** Each holds a connection and a listener; visitors who find no place ask again. */
const mostStreams = 2_000;
const stillHereEveryMs = 20_000;

export type Streams = ReturnType<typeof createStreams>;

/** Open streams of this node, which end with it. */
export function createStreams() {
  const open = new Set<AbortController>();
  return {
    /** Aborts when the page is gone or the server stops. @throws Refused `unavailable` */
    take(response: ServerResponse): AbortSignal {
      if (open.size >= mostStreams)
        throw new Refused("unavailable", "Too many are listening: ask again in a minute.");
      const one = new AbortController();
      open.add(one);
      response.once("close", () => {
        open.delete(one);
        one.abort();
      });
      return one.signal;
    },
    endAll(): void {
      for (const one of open) one.abort();
    },
  };
}

/** What is said in a conversation after a turn, and what it is now, whenever either changes. */
export async function* followChat(
  { db, news }: { db: Database; news: ChatNews },
  ref: ChatRef,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<ChatPart | typeof stillHere> {
  const bell = createBell(signal);
  const unfollow = news.follow(ref, bell.ring);
  let seen = after;
  let said = "";
  try {
    while (!signal.aborted) {
      const conversation = await inTenant(db, ref, (tx) => readConversation(tx, ref));
      const parts = partsAfter(conversation, seen);
      const state = JSON.stringify(parts.at(-1));
      yield* parts.length > 1 || state !== said ? parts : [];
      seen = conversation.turns.at(-1)?.seq ?? seen;
      said = state;
      if (conversation.phase.name === "ended") return;
      while (!(await bell.heard(stillHereEveryMs)) && !signal.aborted) yield stillHere;
    }
  } finally {
    unfollow();
  }
}

/** Rung while nobody waits, it is heard by whoever waits next. */
function createBell(signal: AbortSignal) {
  let rung = false;
  let wake = () => {};
  const ring = () => {
    rung = true;
    wake();
  };
  signal.addEventListener("abort", ring);
  return {
    ring,
    /** Whether it rang within the time. */
    async heard(withinMs: number): Promise<boolean> {
      if (!rung)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, withinMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      const was = rung;
      rung = false;
      return was;
    },
  };
}
