import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { deskChatPaths, Typing as TypingAnswer } from "../../shared/bot/wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { requireSameOrigin } from "../auth/index.ts";
import { inTenant } from "../database/index.ts";
import { identityOf, requireIdentity, requireStorable, type Identity } from "../http/index.ts";
import { readConversation } from "./chat-store.ts";
import type { BotDeps } from "./deps.ts";
import { requireSeen } from "./require-seen.ts";
import type { Typing } from "./typing.ts";

const Chat = z.strictObject({ chat: z.string().regex(/^[\w-]{1,64}$/u) });
const refusals = { "4xx": WireError, "5xx": WireError };
const shared = { tags: ["chats"], security: [{ bearer: [] }], params: Chat };

/** That the other one writes, for whoever has the conversation open. */
export function addTypingRoutes(app: FastifyInstance, deps: BotDeps & { typing: Typing }): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const preParsing = requireIdentity(deps.identify);
  routes.get(
    deskChatPaths.typing(":chat"),
    { preParsing, preHandler: requireStorable, schema: { ...shared, summary: "Whether the visitor writes", response: { 200: TypingAnswer, ...refusals } } }, // prettier-ignore
    async (request) => {
      const { ref } = await seen(deps, identityOf(request), request.params.chat);
      return { typing: deps.typing.since(ref, "visitor") !== null };
    },
  );
  routes.post(
    deskChatPaths.typing(":chat"),
    { preParsing, preHandler: [requireSameOrigin, requireStorable], schema: { ...shared, summary: "Whoever holds it is writing", response: { 204: z.null(), ...refusals } } }, // prettier-ignore
    async (request, reply) => {
      const identity = identityOf(request);
      const { ref, phase } = await seen(deps, identity, request.params.chat);
      // Of anybody else the visitor hears nothing.
      if (phase.name === "person" && phase.agentId === identity.userId) await deps.typing.tell(ref, "person");
      return reply.status(204).send(null);
    },
  );
}

async function seen({ db }: BotDeps, identity: Identity, chatId: string) {
  const ref = { tenantId: identity.tenantId, chatId };
  const { phase } = await inTenant(db, identity, async (tx) => {
    await requireSeen(tx, identity, ref);
    return readConversation(tx, ref);
  });
  return { ref, phase };
}
