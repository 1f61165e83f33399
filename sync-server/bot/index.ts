import type { FastifyInstance } from "fastify";
import { openChatNews } from "./announce.ts";
import { openBots } from "./bot-records.ts";
import type { BotDeps } from "./deps.ts";
import { addDeskRoutes } from "./desk-routes.ts";
import { endSilent } from "./end-silent.ts";
import { eraseGone } from "./erase-gone.ts";
import { createStreams } from "./follow-chat.ts";
import { returnLeft } from "./return-left.ts";
import { addTryRoute } from "./try-route.ts";
import { openTyping } from "./typing.ts";
import { addTypingRoutes } from "./typing-routes.ts";
import { addVisitorRoutes } from "./visitor-routes.ts";

// The door of bots: conversations with visitors of pages outside, and people who take over (docs/intelligence.md).
export { newPublicId } from "./bot-records.ts";
export { readConversation } from "./chat-store.ts";

const returnEveryMs = 60_000;
const tidyEveryMs = 10 * 60_000;
const eraseEveryMs = 3_600_000;

export async function startBots(app: FastifyInstance, deps: BotDeps): Promise<{ stop(): Promise<void> }> {
  const news = await openChatNews(deps.db);
  const typing = await openTyping(deps.db, deps.clock);
  const streams = createStreams();
  await addVisitorRoutes(app, { ...deps, news, streams, typing, findBot: openBots(deps.db, deps.clock) });
  addDeskRoutes(app, deps);
  addTypingRoutes(app, { ...deps, typing });
  addTryRoute(app, deps);
  app.addHook("preClose", async () => streams.endAll());
  const repeat = (everyMs: number, work: typeof endSilent, trouble: string) =>
    setInterval(() => {
      work(deps.db, deps.clock.now()).catch((error: unknown) => app.log.error({ err: error }, trouble));
    }, everyMs);
  const chores = [
    repeat(tidyEveryMs, endSilent, "old chats were not ended"),
    repeat(returnEveryMs, returnLeft, "chats of people who left did not return to the queue"),
    repeat(eraseEveryMs, eraseGone, "chats of deleted leads were not erased"),
  ];
  return {
    async stop() {
      chores.forEach(clearInterval);
      await typing.stop();
      await news.stop();
    },
  };
}
