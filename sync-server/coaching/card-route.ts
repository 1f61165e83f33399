import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { CardAnswer, CardRequest, coachingPaths } from "../../shared/coaching/server-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant } from "../database/index.ts";
import { identityOf } from "../http/index.ts";
import { wordCard } from "./card-words.ts";
import type { CoachingDeps } from "./deps.ts";
import { readKnownOf } from "./read-call.ts";
import { requireTheirCall } from "./their-call.ts";

/** Cards come up every few seconds at most; a desk that asks more often is broken. */
const mostAMinute = 30;

/** Words for a battlecard in this moment of a call, for the desk that shows it. */
export function addCardRoute(app: FastifyInstance, deps: CoachingDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    coachingPaths.card,
    {
      ...askedByPerson(deps.identify, mostAMinute),
      schema: {
        tags: ["coaching"],
        security: [{ bearer: [] }],
        summary: "Words a battlecard for this moment of a call",
        body: CardRequest,
        response: { 200: CardAnswer, "4xx": WireError, "5xx": WireError },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const known = await inTenant(deps.db, identity, async (tx) => {
        const { leadId } = await requireTheirCall(tx, identity, request.body.callId);
        return readKnownOf(tx, identity.tenantId, { leadId, agentIds: [identity.userId] });
      });
      return wordCard(deps.ai, identity, { ...request.body, known });
    },
  );
}
