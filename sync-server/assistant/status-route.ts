import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { assistantPaths, AssistantStatus } from "../../shared/assistant/server-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askedByPerson } from "../auth/index.ts";
import { identityOf } from "../http/index.ts";
import type { AssistantDeps } from "./deps.ts";

const mostAMinute = 60;

/** Who answers at the moment, so that nobody takes rules for a model before they have asked. */
export function addStatusRoute(app: FastifyInstance, { identify, firstModel }: AssistantDeps): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    assistantPaths.status,
    {
      ...askedByPerson(identify, mostAMinute),
      schema: {
        tags: ["assistant"],
        security: [{ bearer: [] }],
        summary: "Say which model answers this person, if any",
        response: { 200: AssistantStatus, "4xx": WireError, "5xx": WireError },
      },
    },
    (request) => firstModel(identityOf(request)),
  );
}
