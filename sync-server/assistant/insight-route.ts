import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { withSteps } from "../../shared/assistant/deals/insight.ts";
import { assistantPaths, InsightAnswer, InsightRequest } from "../../shared/assistant/server-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant } from "../database/index.ts";
import { identityOf, Refused, type Identity } from "../http/index.ts";
import type { AssistantDeps } from "./deps.ts";
import { readSeen, readStory } from "./read-story.ts";
import { insightTask, type InsightInput } from "./tasks.ts";

const mostAMinute = 30;

/** Where a deal stands. */
export function addInsightRoute(app: FastifyInstance, deps: AssistantDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    assistantPaths.dealInsight,
    {
      ...askedByPerson(deps.identify, mostAMinute),
      schema: {
        tags: ["assistant"],
        security: [{ bearer: [] }],
        summary: "Say where a deal stands: probability, reasons, next steps, risks",
        body: InsightRequest,
        response: { 200: InsightAnswer, "4xx": WireError, "5xx": WireError },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const input = await readInput(deps, identity, request.body.dealId);
      const { tenantId, userId } = identity;
      const { output, ...origin } = await deps.ai.generate({ task: insightTask, input, tenantId, userId });
      return { ...origin, insight: withSteps(output, insightTask.byRules(input)) };
    },
  );
}

async function readInput(
  { db, clock }: AssistantDeps,
  identity: Identity,
  dealId: string,
): Promise<InsightInput> {
  return inTenant(db, identity, async (tx) => {
    const deal = await readSeen(tx, identity, "deals", dealId);
    if (deal.leadId === null) throw new Refused("bad-request", "This deal is with nobody yet.");
    return { deal, story: await readStory(tx, identity, deal.leadId, clock.now()) };
  });
}
