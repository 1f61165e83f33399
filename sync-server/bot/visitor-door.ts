import { createHash, randomBytes } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sql } from "drizzle-orm";
import { inTenant, rowsOf, type Database } from "../database/index.ts";
import { Refused } from "../http/index.ts";
import type { KnownBot } from "./bot-records.ts";
import type { ChatRef } from "./chat-store.ts";
import { isGone } from "./share-chat.ts";

// Who may come in from outside: pages whose origin the admins have named, and visitors with a token of a conversation.

const bots = new WeakMap<FastifyRequest, KnownBot>();
const noSuchBot = "There is no such bot.";
const publicIdForm = /^[\w-]{1,64}$/u;

/**
 * Hook `onRequest`: lets a page read what it is answered. Pages that may not talk to the bot get no more than the
 * refusal to read (`requirePage`), or what the token of a conversation opens to whoever holds it.
 */
export async function letPageRead(
  { headers: { origin } }: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  void reply.header("vary", "origin");
  if (origin !== undefined) void reply.header("access-control-allow-origin", origin);
}

type FindBot = (publicId: string) => Promise<KnownBot | null>;

/**
 * Hook `preParsing`, so that tries are counted before anybody is looked up: finds the bot whose conversation somebody
 * holds the token of. It may have been switched off since, or their page be none of its pages any more: whoever talks
 * with a person goes on.
 * @throws Refused `not-found`
 */
export function requireBot(find: FindBot) {
  return async (request: FastifyRequest): Promise<undefined> => {
    bots.set(request, await findBot(find, request));
    return undefined;
  };
}

/**
 * Hook `preParsing` of what needs no token: finds a bot that answers, for its own pages alone. A browser names the page
 * that asks; whatever names none is no page of theirs.
 * @throws Refused `not-found`, `forbidden`
 */
export function requirePage(find: FindBot) {
  return async (request: FastifyRequest): Promise<undefined> => {
    const known = await findBot(find, request);
    if (!known.answers) throw new Refused("not-found", noSuchBot);
    if (!known.bot.origins.includes(request.headers.origin ?? ""))
      throw new Refused("forbidden", "This page may not talk to the bot: an admin names the pages that may.");
    bots.set(request, known);
    return undefined;
  };
}

async function findBot(find: FindBot, { params }: FastifyRequest): Promise<KnownBot> {
  const { bot: publicId = "" } = params as { bot?: string };
  // Text that no bot is called by may be more than the database takes.
  const known = publicIdForm.test(publicId) ? await find(publicId) : null;
  if (known === null) throw new Refused("not-found", noSuchBot);
  return known;
}

/** Of a route behind `requirePage` or `requireBot`. */
export function botOf(request: FastifyRequest): KnownBot {
  const known = bots.get(request);
  if (known === undefined) throw new Error(`the route ${request.routeOptions.url} asks for no bot`);
  return known;
}

/** What a browser asks before it sends anything with a token or a body. */
export function answerPreflight(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .header("access-control-allow-methods", "GET, POST")
    .header("access-control-allow-headers", "authorization, content-type")
    .header("access-control-max-age", "600")
    .status(204)
    .send();
}

export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString("base64url");
  return { token, tokenHash: hashOf(token) };
}

/**
 * The conversation that a visitor holds the token of, with this very bot.
 * @throws Refused `unauthorised`
 */
export async function chatOf(db: Database, request: FastifyRequest): Promise<ChatRef> {
  const { tenantId, id } = botOf(request);
  const token = /^Bearer ([\w-]{20,200})$/u.exec(request.headers.authorization ?? "")?.[1];
  const [row] = token
    ? await inTenant(db, { tenantId }, (tx) =>
        rowsOf<{ id: string }>(
          tx,
          sql`SELECT id FROM chats
              WHERE tenant_id = ${tenantId} AND token_hash = ${hashOf(token)} AND bot_id = ${id} AND NOT ${isGone}`,
        ),
      )
    : [];
  if (!row) throw new Refused("unauthorised", "This conversation is not known: begin a new one.");
  return { tenantId, chatId: row.id };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
