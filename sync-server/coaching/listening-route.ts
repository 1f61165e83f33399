import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { coachingPaths, ListeningAnswer } from "../../shared/coaching/server-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askedByPerson } from "../auth/index.ts";
import { identityOf } from "../http/index.ts";
import type { CoachingDeps } from "./deps.ts";

/** A desk asks when a transcript stops or goes on. */
const mostAMinute = 30;

/** Why nobody listens to a person's calls now, for the desk whose transcript has stopped. */
export function addListeningRoute(app: FastifyInstance, { identify, meter }: CoachingDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    coachingPaths.listening,
    {
      ...askedByPerson(identify, mostAMinute),
      schema: {
        tags: ["coaching"],
        security: [{ bearer: [] }],
        summary: "Says why nobody listens to one's calls now",
        response: { 200: ListeningAnswer, "4xx": WireError, "5xx": WireError },
      },
    },
    async (request) => {
      const { tenantId, userId } = identityOf(request);
      const refusal = await meter?.refusalOf({ tenantId, userId });
      return { why: refusal?.message ?? "" };
    },
  );
}
