import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { assistantPaths, RatingRequest } from "../../shared/assistant/server-wire.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant, rowsOf, type Database } from "../database/index.ts";
import { identityOf, Refused, type Identity } from "../http/index.ts";
import type { AssistantDeps } from "./deps.ts";

const mostAMinute = 60;

/** What people thought of answers: models and prompts are compared by it. */
export function addRatingRoute(app: FastifyInstance, { db, clock, identify, audited }: AssistantDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    assistantPaths.ratings,
    {
      ...askedByPerson(identify, mostAMinute),
      schema: {
        tags: ["assistant"],
        security: [{ bearer: [] }],
        summary: "Say whether an answer was useful",
        body: RatingRequest,
        response: { 200: z.strictObject({}), "4xx": WireError, "5xx": WireError },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const at = new Date(clock.now());
      if (await writeRating(db, identity, request.body, at)) return {};
      // Answers that cost nothing reach the audit a moment after the person.
      await audited();
      if (await writeRating(db, identity, request.body, at)) return {};
      throw new Refused("not-found", "There is no such answer of yours.");
    },
  );
}

/** Of their own answers alone: nobody rates what was said to somebody else. @returns whether there is such an answer */
async function writeRating(
  db: Database,
  identity: Identity,
  { requestId, useful }: RatingRequest,
  at: Date,
): Promise<boolean> {
  const rated = await inTenant(db, identity, (tx) =>
    rowsOf(
      tx,
      sql`INSERT INTO ai_ratings (tenant_id, request_id, user_id, rating, at)
          SELECT tenant_id, id, user_id, ${useful ? "good" : "bad"}, ${at.toISOString()}::timestamptz FROM ai_requests
          WHERE tenant_id = ${identity.tenantId} AND id = ${requestId} AND user_id = ${identity.userId}
          ON CONFLICT (tenant_id, request_id, user_id) DO UPDATE SET rating = excluded.rating, at = excluded.at
          RETURNING 1`,
    ),
  );
  return rated.length > 0;
}
