import type { ChatPart } from "../../shared/bot/wire.ts";
import { inTenant, type Database } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import type { ChatNews } from "./announce.ts";
import { readConversation, type ChatRef } from "./chat-store.ts";
import { stillHere } from "./events.ts";
import type { Typing } from "./typing.ts";
import { partsAfter } from "./views.ts";

/** Each holds a connection and a listener; visitors who find no place ask again. */
const mostStreams = 2_000;
/** An office of many shares an address; one that takes everybody's places is a program. */
const mostOfOneAddress = 100;
const stillHereEveryMs = 20_000;

/** The answer to a page, as far as it is asked whether that is still there. */
type Listening = { destroyed: boolean; once(event: "close", then: () => void): unknown };

export type Streams = ReturnType<typeof createStreams>;

/** Open streams of this node, which end with it. */
export function createStreams() {
  const addresses = new Map<AbortController, string>();
  return {
    /** Aborts when the page is gone or the server stops. @throws Refused `unavailable` */
    take(response: Listening, address: string): AbortSignal {
      const one = new AbortController();
      // Gone while its conversation was looked up, it is told of as closed no more.
      if (response.destroyed) {
        one.abort();
        return one.signal;
      }
      const ofAddress = [...addresses.values()].filter((other) => other === address).length;
      if (addresses.size >= mostStreams || ofAddress >= mostOfOneAddress)
        throw new Refused("unavailable", "Too many are listening: ask again in a minute.");
      addresses.set(one, address);
      response.once("close", () => {
        addresses.delete(one);
        one.abort();
      });
      return one.signal;
    },
    endAll(): void {
      for (const one of addresses.keys()) one.abort();
    },
  };
}

/** What is said in a conversation after a turn, what it is now, and that a person writes, whenever any of it changes. */
export async function* followChat(
  { db, news, typing }: { db: Database; news: ChatNews; typing: Typing },
  ref: ChatRef,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<ChatPart | typeof stillHere> {
  const bell = createBell(signal);
  const unfollow = [news.follow(ref, bell.ring), typing.follow(ref, "person", bell.ring)];
  let seen = after;
  let said = "";
  let typedAt: number | null = null;
  try {
    while (!signal.aborted) {
      const conversation = await inTenant(db, ref, (tx) => readConversation(tx, ref));
      const parts = partsAfter(conversation, seen);
      const state = JSON.stringify(parts.at(-1));
      yield* parts.length > 1 || state !== said ? parts : [];
      seen = conversation.turns.at(-1)?.seq ?? seen;
      said = state;
      if (conversation.phase.name === "ended") return;
      const wasTyping: number | null = typedAt;
      typedAt = typing.since(ref, "person");
      if (typedAt !== null && typedAt !== wasTyping) yield { kind: "typing" };
      while (!(await bell.heard(stillHereEveryMs)) && !signal.aborted) yield stillHere;
    }
  } finally {
    for (const stop of unfollow) stop();
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
