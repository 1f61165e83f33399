import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { foldConversation, type ChatEvent, type Conversation, type NewEvent } from "../../shared/bot/conversation.ts"; // prettier-ignore
import { TryBot, tryBotPath, type TryPart } from "../../shared/bot/wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant } from "../database/index.ts";
import { identityOf, Refused, type Identity } from "../http/index.ts";
import { nowOf, type BotDeps } from "./deps.ts";
import { sendEvents } from "./events.ts";
import { readFacts } from "./read-facts.ts";
import { eventAt, respond } from "./respond.ts";
import { partsAfter } from "./views.ts";

/** Talks to a bot as it stands in the console's form, saved or not. Nothing of it is kept, nobody is called for. */
export function addTryRoute(app: FastifyInstance, deps: BotDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    tryBotPath,
    {
      ...askedByPerson(deps.identify, 30),
      schema: {
        ...{ tags: ["bots"], security: [{ bearer: [] }], body: TryBot, description: "For admin." },
        summary: "Try a bot out; it is billed as any question is",
        response: {
          200: z.unknown().describe("TryPart, as server-sent events"),
          "4xx": WireError,
          "5xx": WireError,
        },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request);
      if (identity.role !== "admin") throw new Refused("forbidden", "This needs the role admin.");
      return sendEvents(reply, tryOut(deps, identity, request.body));
    },
  );
}

async function* tryOut(
  deps: BotDeps,
  { tenantId }: Identity,
  { bot, events: before, said }: z.output<typeof TryBot>,
): AsyncGenerator<TryPart> {
  const at = nowOf(deps);
  const events = [...before];
  const add = (event: NewEvent) => events.push({ ...event, seq: events.length + 1 });
  if (events.length === 0) add({ id: "opened", at, type: "opened", botName: bot.name, opening: bot.opening });
  const turn = events.length + 1;
  add({ id: `visitor:${turn}`, at, type: "visitor-said", text: said });
  const conversation = folded(events);
  const facts = await inTenant(deps.db, { tenantId }, (tx) => readFacts(tx, tenantId, bot, deps.clock.now()));
  for await (const part of respond(deps.ai, { tenantId, bot, answers: true, facts, conversation, said })) {
    if (part.kind !== "events") yield part;
    else for (const event of part.events) add(eventAt(event, nowOf(deps), turn));
  }
  yield* partsAfter(folded(events), turn);
  yield { kind: "events", events };
}

/** @throws Refused `bad-request` where the events are none of a conversation */
function folded(events: readonly ChatEvent[]): Conversation {
  const conversation = foldConversation(events);
  if (conversation === null) throw new Refused("bad-request", "These events are no conversation.");
  return conversation;
}
