import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { Bot } from "../../shared/bot/bot.ts";
import type { Conversation, NewEvent } from "../../shared/bot/conversation.ts";
import {
  ChatState,
  deskChatPaths,
  PassOn,
  PersonEnds,
  PersonSays,
  Suggested,
} from "../../shared/bot/wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { requireSameOrigin } from "../auth/index.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { identityOf, Refused, requireIdentity, requireStorable, type Identity } from "../http/index.ts";
import { appendEvents, readConversation, type ChatRef } from "./chat-store.ts";
import { requireSeen } from "./require-seen.ts";
import { nowOf, type BotDeps } from "./deps.ts";
import { readFacts } from "./read-facts.ts";
import { suggestTask } from "./tasks.ts";
import { stateOf } from "./views.ts";

const Chat = z.strictObject({ chat: z.string().regex(/^[\w-]{1,64}$/u) });
const refusals = { "4xx": WireError, "5xx": WireError };
const shared = { tags: ["chats"], security: [{ bearer: [] }], params: Chat };

/** What people do with a conversation that was handed to them. They see it as a record that syncs. */
export function addDeskRoutes(app: FastifyInstance, deps: BotDeps): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const hooks = hooksOf(deps);
  routes.post(
    deskChatPaths.take(":chat"),
    { ...hooks, schema: { ...shared, summary: "Take it: of two, the first has it", response: { 200: ChatState, ...refusals } } }, // prettier-ignore
    async (request) => {
      const identity = identityOf(request);
      return act(deps, identity, request.params.chat, async (tx, at, { hands }) => {
        const { userId } = identity;
        const head = { id: `taken:${hands}:${userId}`, at, agentId: userId };
        return { ...head, type: "taken", agentName: await nameOf(tx, identity.tenantId, userId) };
      });
    },
  );
  addHandRoutes(app, deps, hooks);
  routes.post(
    deskChatPaths.say(":chat"),
    { ...hooks, schema: { ...shared, summary: "Say something to the visitor", body: PersonSays, response: { 200: ChatState, ...refusals } } }, // prettier-ignore
    async (request) => {
      const { body, params } = request;
      const identity = identityOf(request);
      return act(deps, identity, params.chat, async (_tx, at) => {
        return {
          id: `person:${body.id}`,
          at,
          type: "person-said",
          agentId: identity.userId,
          text: body.text,
        };
      });
    },
  );
  routes.post(
    deskChatPaths.end(":chat"),
    { ...hooks, schema: { ...shared, summary: "End it, and say what came of it", body: PersonEnds, response: { 200: ChatState, ...refusals } } }, // prettier-ignore
    async (request) => {
      const { outcome } = request.body;
      return act(deps, identityOf(request), request.params.chat, async (_tx, at) => {
        return { id: "person-ended", at, type: "ended", by: "person", outcome };
      });
    },
  );
  routes.post(
    deskChatPaths.suggest(":chat"),
    { ...hooks, config: { rateLimit: { max: 30, timeWindow: "1 minute" } }, schema: { ...shared, summary: "What could be answered; nothing is said by it", response: { 200: Suggested, ...refusals } } }, // prettier-ignore
    (request) => suggest(deps, identityOf(request), request.params.chat),
  );
}

function hooksOf({ identify }: BotDeps) {
  return { preParsing: requireIdentity(identify), preHandler: [requireSameOrigin, requireStorable] };
}

/** How a conversation changes hands once somebody has it. */
function addHandRoutes(app: FastifyInstance, deps: BotDeps, hooks: ReturnType<typeof hooksOf>): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.post(
    deskChatPaths.pass(":chat"),
    { ...hooks, schema: { ...shared, summary: "Hand it on to a colleague", body: PassOn, response: { 200: ChatState, ...refusals } } }, // prettier-ignore
    async (request) => {
      const identity = identityOf(request);
      const { toId } = request.body;
      return act(deps, identity, request.params.chat, async (tx, at, { hands }) => {
        await requireMember(tx, identity.tenantId, toId);
        const head = { id: `passed:${hands}:${toId}`, at, agentId: identity.userId };
        return { ...head, type: "passed", toId, toName: await nameOf(tx, identity.tenantId, toId) };
      });
    },
  );
  routes.post(
    deskChatPaths.giveBack(":chat"),
    { ...hooks, schema: { ...shared, summary: "Give it back: anybody may take it", response: { 200: ChatState, ...refusals } } }, // prettier-ignore
    async (request) => {
      const identity = identityOf(request);
      return act(deps, identity, request.params.chat, async (_tx, at, { hands }) => {
        return { id: `returned:${hands}`, at, type: "returned", agentId: identity.userId };
      });
    },
  );
}

/**
 * Does one thing in a conversation. Done already it is done; what does not fit any more is refused with who has it.
 * @throws Refused `not-found` for a conversation that this person may not see, `conflict`
 */
async function act(
  deps: BotDeps,
  identity: Identity,
  chatId: string,
  eventOf: (tx: Tx, at: string, conversation: Conversation) => Promise<NewEvent>,
): Promise<z.input<typeof ChatState>> {
  const ref = { tenantId: identity.tenantId, chatId };
  const at = nowOf(deps);
  return inTenant(deps.db, identity, async (tx) => {
    await requireSeen(tx, identity, ref);
    // Nobody else may change its hands between this reading and the writing.
    const { conversation: before } = await appendEvents(tx, ref, [], at);
    const event = await eventOf(tx, at, before);
    requireHeld(identity, before, event);
    const { conversation, places } = await appendEvents(tx, ref, [event], at);
    if (!places.has(event.id) && !isSo(conversation, event))
      throw new Refused("conflict", whyNot(conversation));
    return stateOf(conversation);
  });
}

/** Asked for a second time, after the answer was lost, it has another name and is so already. */
function isSo({ phase }: Conversation, event: NewEvent): boolean {
  if (event.type === "taken") return phase.name === "person" && phase.agentId === event.agentId;
  if (event.type === "passed") return phase.name === "person" && phase.agentId === event.toId;
  return event.type === "returned" && phase.name === "waiting";
}

const byHolder: ReadonlySet<NewEvent["type"]> = new Set(["ended", "passed", "returned"]);

/** A conversation is ended and handed on by who holds it; one that nobody has taken is ended by anybody who sees it. */
function requireHeld({ userId, role }: Identity, conversation: Conversation, event: NewEvent): void {
  const { phase } = conversation;
  if (!byHolder.has(event.type) || role !== "agent") return;
  if (phase.name === "person" && phase.agentId !== userId && !isSo(conversation, event))
    throw new Refused("conflict", whyNot(conversation));
}

function whyNot({ phase }: Conversation): string {
  if (phase.name === "ended") return "This conversation has ended.";
  if (phase.name === "person") return `${phase.agentName || "Somebody else"} has taken this conversation.`;
  return phase.name === "waiting" ? "Take the conversation first." : "The bot still has this conversation.";
}

/** @throws Refused `bad-request` for somebody who has left, or was never here */
async function requireMember(tx: Tx, tenantId: string, userId: string): Promise<void> {
  const found = await rowsOf(
    tx,
    sql`SELECT 1 FROM members WHERE tenant_id = ${tenantId} AND user_id = ${userId} AND deactivated_at IS NULL`,
  );
  if (found.length === 0) throw new Refused("bad-request", "There is no such colleague.");
}

async function nameOf(tx: Tx, tenantId: string, userId: string): Promise<string> {
  const [row] = await rowsOf<{ name: string }>(
    tx,
    sql`SELECT doc->>'name' AS name FROM settings WHERE tenant_id = ${tenantId} AND id = ${`person:${userId}`}`,
  );
  return row?.name ?? "";
}

async function suggest(
  deps: BotDeps,
  identity: Identity,
  chatId: string,
): Promise<z.input<typeof Suggested>> {
  const { tenantId, userId } = identity;
  const ref = { tenantId, chatId };
  const known = await inTenant(deps.db, identity, async (tx) => {
    await requireSeen(tx, identity, ref);
    const bot = await readBotOf(tx, ref);
    return { bot, conversation: await readConversation(tx, ref), facts: await readFacts(tx, tenantId, bot, deps.clock.now()) }; // prettier-ignore
  });
  const { bot, conversation, facts } = known;
  const said = conversation.turns.findLast(({ by }) => by === "visitor")?.text ?? "";
  const input = { bot, business: facts.business, knows: facts.knows, conversation, said };
  let text = "";
  for await (const part of deps.ai.stream({ tenantId, userId, task: suggestTask, input })) {
    if (part.kind === "begin") text = "";
    else if (part.kind === "text") text += part.text;
    else return { text: text.trim(), by: part.by, cut: part.cut ?? undefined };
  }
  throw new Error("a stream without an end");
}

async function readBotOf(tx: Tx, { tenantId, chatId }: ChatRef): Promise<Bot> {
  const [row] = await rowsOf<{ config: unknown }>(
    tx,
    sql`SELECT b.config FROM chats c JOIN bots b ON b.tenant_id = c.tenant_id AND b.id = c.bot_id
        WHERE c.tenant_id = ${tenantId} AND c.id = ${chatId}`,
  );
  return Bot.parse(row?.config);
}
