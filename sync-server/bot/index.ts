import type { FastifyInstance } from "fastify";
import type { Database } from "../database/index.ts";
import { openChatNews } from "./announce.ts";
import { openBots } from "./bot-records.ts";
import type { BotDeps, KeepsChats } from "./deps.ts";
import { addDeskRoutes } from "./desk-routes.ts";
import { endSilent } from "./end-silent.ts";
import { eraseGone } from "./erase-gone.ts";
import { forgetUnclaimed } from "./forget-unclaimed.ts";
import { createStreams } from "./follow-chat.ts";
import { returnLeft } from "./return-left.ts";
import { addTryRoute } from "./try-route.ts";
import { openTyping } from "./typing.ts";
import { addTypingRoutes } from "./typing-routes.ts";
import { addVisitorRoutes } from "./visitor-routes.ts";

// The door of bots: conversations with visitors of pages outside, and people who take over (docs/intelligence.md).
export { newPublicId } from "./bot-records.ts";
export { readConversation } from "./chat-store.ts";
export { promptTasks as botTasks } from "./tasks.ts";

const returnEveryMs = 60_000;
const tidyEveryMs = 10 * 60_000;
const eraseEveryMs = 3_600_000;

export async function startBots(
  app: FastifyInstance,
  { chatDays, ...deps }: BotDeps & KeepsChats,
): Promise<{ stop(): Promise<void> }> {
  const news = await openChatNews(deps.db);
  const typing = await openTyping(deps.db, deps.clock);
  const streams = createStreams();
  await addVisitorRoutes(app, { ...deps, news, streams, typing, findBot: openBots(deps.db, deps.clock) });
  addDeskRoutes(app, deps);
  addTypingRoutes(app, { ...deps, typing });
  addTryRoute(app, deps);
  app.addHook("preClose", async () => streams.endAll());
  const repeat = (
    everyMs: number,
    work: (db: Database, nowMs: number) => Promise<unknown>,
    trouble: string,
  ) =>
    setInterval(() => {
      work(deps.db, deps.clock.now()).catch((error: unknown) => app.log.error({ err: error }, trouble));
    }, everyMs);
  const forget = (db: Database, nowMs: number) => forgetUnclaimed(db, nowMs, chatDays);
  const chores = [
    repeat(tidyEveryMs, endSilent, "old chats were not ended"),
    repeat(returnEveryMs, returnLeft, "chats of people who left did not return to the queue"),
    repeat(eraseEveryMs, eraseGone, "chats of deleted leads were not erased"),
    repeat(eraseEveryMs, forget, "old chats of nobody were not erased"),
  ];
  return {
    async stop() {
      chores.forEach(clearInterval);
      await typing.stop();
      await news.stop();
    },
  };
}
