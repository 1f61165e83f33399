import { sql } from "drizzle-orm";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { v7 } from "uuid";
import { z } from "zod";
import { After, publicChatPaths, PublicBot, PublicChat, PublicOpened, Say } from "../../shared/bot/wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { inTenant, rowsOf, schema, type Tx } from "../database/index.ts";
import { Refused, requireStorable } from "../http/index.ts";
import type { ChatNews } from "./announce.ts";
import type { KnownBot } from "./bot-records.ts";
import { appendEvents, readConversation } from "./chat-store.ts";
import { nowOf, type BotDeps } from "./deps.ts";
import { sendEvents } from "./events.ts";
import { followChat, type Streams } from "./follow-chat.ts";
import { readFacts } from "./read-facts.ts";
import { createSay } from "./say.ts";
import type { Typing } from "./typing.ts";
import { viewOf } from "./views.ts";
import {
  answerPreflight,
  botOf,
  chatOf,
  letPageRead,
  newToken,
  requireBot,
  requirePage,
} from "./visitor-door.ts";

export type VisitorDeps = BotDeps & {
  findBot: (publicId: string) => Promise<KnownBot | null>;
  news: ChatNews;
  streams: Streams;
  typing: Typing;
};

/** Far more than somebody types; no page needs more. */
const bodyLimit = 16 * 1024;
const tags = ["chat"];
const refusals = { "4xx": WireError, "5xx": WireError };
const asStream = {
  200: z.unknown().describe("ChatPart, as server-sent events named by their kind"),
  ...refusals,
};

/** By address: a token or a bot that somebody makes up is no other visitor. An office of many shares an address. */
function atMost(max: number) {
  return { rateLimit: { max, timeWindow: "1 minute", keyGenerator: ({ ip }: FastifyRequest) => ip } };
}

/** The public door of bots: what pages outside ask in the name of visitors whom nobody knows. */
export async function addVisitorRoutes(app: FastifyInstance, deps: VisitorDeps): Promise<void> {
  const { bot, open, ...withToken } = publicChatPaths;
  await app.register(async (routes) => {
    addDoor(routes, requirePage(deps.findBot), { bot, open });
    addFace(routes, deps);
    addOpening(routes, deps);
  });
  await app.register(async (routes) => {
    addDoor(routes, requireBot(deps.findBot), withToken);
    addConversation(routes, deps);
    addTalk(routes, deps);
  });
}

/** @param find hook that lets in whoever may ask for these paths, and their browsers ask beforehand */
function addDoor(
  routes: FastifyInstance,
  find: ReturnType<typeof requireBot>,
  paths: Partial<typeof publicChatPaths>,
): void {
  routes.addHook("onRequest", letPageRead);
  routes.addHook("preParsing", find);
  for (const path of Object.values(paths))
    routes.options(path(":bot"), { schema: { hide: true }, config: atMost(120) }, answerPreflight);
}

function addFace(routes: FastifyInstance, deps: VisitorDeps): void {
  routes.withTypeProvider<ZodTypeProvider>().get(
    publicChatPaths.bot(":bot"),
    {
      config: atMost(120),
      schema: { tags, summary: "A bot, as a page shows it before anybody has said anything", response: { 200: PublicBot, ...refusals } }, // prettier-ignore
    },
    async (request) => {
      const { tenantId, bot } = botOf(request);
      const { open } = await inTenant(deps.db, { tenantId }, (tx) =>
        readFacts(tx, tenantId, bot, deps.clock.now()),
      );
      return { name: bot.name, opening: bot.opening, open };
    },
  );
}

function addOpening(app: FastifyInstance, deps: VisitorDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    publicChatPaths.open(":bot"),
    {
      config: atMost(30),
      bodyLimit,
      schema: { tags, summary: "Begins a conversation", response: { 201: PublicOpened, ...refusals } },
    },
    async (request, reply) => {
      const known = botOf(request);
      const { token, tokenHash } = newToken();
      const conversation = await inTenant(deps.db, known, (tx) =>
        beginChat(tx, known, tokenHash, nowOf(deps)),
      );
      return reply.status(201).send({ token, ...viewOf(conversation) });
    },
  );
}

function addConversation(app: FastifyInstance, deps: VisitorDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    publicChatPaths.chat(":bot"),
    {
      config: atMost(120),
      schema: { tags, summary: "The conversation as it stands, also after a reload", response: { 200: PublicChat, ...refusals } }, // prettier-ignore
    },
    async (request) => {
      const ref = await chatOf(deps.db, request);
      return viewOf(await inTenant(deps.db, ref, (tx) => readConversation(tx, ref)));
    },
  );
  routes.post(
    publicChatPaths.end(":bot"),
    {
      config: atMost(60),
      bodyLimit,
      schema: { tags, summary: "The visitor goes", response: { 200: PublicChat, ...refusals } },
    },
    async (request) => {
      const ref = await chatOf(deps.db, request);
      const at = nowOf(deps);
      const ended = { id: "visitor-ended", at, type: "ended", by: "visitor", outcome: null } as const;
      const { conversation } = await inTenant(deps.db, ref, (tx) => appendEvents(tx, ref, [ended], at));
      return viewOf(conversation);
    },
  );
}

function addTalk(app: FastifyInstance, deps: VisitorDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const say = createSay(deps);
  routes.post(
    publicChatPaths.say(":bot"),
    {
      config: atMost(240),
      bodyLimit,
      preHandler: requireStorable,
      schema: { tags, summary: "Says something, and hears the bot's answer while it comes", body: Say, response: asStream }, // prettier-ignore
    },
    async (request, reply) => {
      const ref = await chatOf(deps.db, request);
      return sendEvents(reply, await say(botOf(request), ref, request.body));
    },
  );
  routes.post(
    publicChatPaths.typing(":bot"),
    {
      config: atMost(120),
      bodyLimit,
      schema: { tags, summary: "The visitor is writing", response: { 204: z.null(), ...refusals } },
    },
    async (request, reply) => {
      await deps.typing.tell(await chatOf(deps.db, request), "visitor");
      return reply.status(204).send(null);
    },
  );
  routes.get(
    publicChatPaths.stream(":bot"),
    {
      config: atMost(120),
      schema: { tags, summary: "What is said from a turn on, until the conversation has ended", querystring: After, response: asStream }, // prettier-ignore
    },
    async (request, reply) => {
      const ref = await chatOf(deps.db, request);
      const signal = deps.streams.take(reply.raw, request.ip);
      return sendEvents(reply, followChat(deps, ref, request.query.after, signal));
    },
  );
}

/** @throws Refused `too-many-requests` where the bot has had its conversations for today */
async function beginChat(tx: Tx, { tenantId, id, bot }: KnownBot, tokenHash: string, at: string) {
  const [today] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM chats
        WHERE tenant_id = ${tenantId} AND bot_id = ${id} AND opened_at > ${at}::timestamptz - interval '24 hours'`,
  );
  if ((today?.n ?? 0) >= bot.mostChatsADay)
    throw new Refused(
      "too-many-requests",
      "The bot has no more conversations today. Please write or call us.",
    );
  const ref = { tenantId, chatId: v7() };
  const when = new Date(at);
  await tx
    .insert(schema.chats)
    .values({ tenantId, id: ref.chatId, botId: id, tokenHash, openedAt: when, lastAt: when });
  const opened = { id: "opened", at, type: "opened", botName: bot.name, opening: bot.opening } as const;
  return (await appendEvents(tx, ref, [opened], at)).conversation;
}
