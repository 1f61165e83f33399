import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Subject } from "../../shared/assistant/answer-by-rules.ts";
import { tellableListing } from "../../shared/assistant/listings/tellable-listing.ts";
import { callOf, isOfListing, type Question } from "../../shared/assistant/question.ts";
import { assistantPaths, WriteRequest, type AnswerPart } from "../../shared/assistant/server-wire.ts";
import type { Listing } from "../../shared/entities/listing.ts";
import type { CustomField } from "../../shared/entities/setting.ts";
import { WireError } from "../../shared/sync/wire.ts";
import type { StreamPart } from "../ai/index.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { identityOf, type Identity } from "../http/index.ts";
import type { AssistantDeps } from "./deps.ts";
import { readAround, readSeen, readStoryOf } from "./read-story.ts";
import { writeTaskFor } from "./tasks.ts";

const mostAMinute = 30;

/** Prose for whoever waits at a screen, while it comes. */
export function addWriteRoute(app: FastifyInstance, deps: AssistantDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    assistantPaths.write,
    {
      ...askedByPerson(deps.identify, mostAMinute),
      schema: {
        tags: ["assistant"],
        security: [{ bearer: [] }],
        summary: "Write something, streamed as one JSON object a line",
        body: WriteRequest,
        response: {
          200: z.unknown().describe("AnswerPart, one JSON object a line"),
          "4xx": WireError,
          "5xx": WireError,
        },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request);
      const { question, turns } = request.body;
      const subject = await readSubject(deps, identity, question);
      const gone = new AbortController();
      // Whoever has closed the window waits for nothing; the model need not go on.
      reply.raw.once("close", () => gone.abort());
      const { tenantId, userId } = identity;
      const parts = deps.ai.stream({
        ...{ tenantId, userId, signal: gone.signal },
        task: writeTaskFor(question),
        input: { question, subject, turns },
      });
      void reply.type("application/x-ndjson; charset=utf-8");
      // A proxy that collects answers would take the stream out of it.
      void reply.header("x-accel-buffering", "no").header("cache-control", "no-store");
      return reply.send(Readable.from(linesOf(parts)));
    },
  );
}

async function* linesOf(parts: AsyncIterable<StreamPart>): AsyncGenerator<string> {
  for await (const part of parts) yield `${JSON.stringify(part satisfies AnswerPart)}\n`;
}

/** @throws Refused `not-found` for what this person may not see */
async function readSubject(
  { db, clock }: AssistantDeps,
  identity: Identity,
  question: Question,
): Promise<Subject> {
  const nowMs = clock.now();
  return inTenant(db, identity, async (tx) => {
    const leadId = isOfListing(question) ? null : question.leadId;
    const about = leadId === null ? null : { leadId, callId: callOf(question) };
    const story = about && (await readStoryOf(tx, identity, about, nowMs));
    const { now, timeZone } = story ?? (await readAround(tx, identity, nowMs));
    const listing = isOfListing(question) ? await readTellable(tx, identity, question.listingId) : null;
    return { now, timeZone, story, listing };
  });
}

/** A listing without those of its own fields that are nobody's outside. @throws Refused `not-found` */
async function readTellable(tx: Tx, identity: Identity, listingId: string): Promise<Listing> {
  const listing = await readSeen(tx, identity, "listings", listingId);
  const rows = await rowsOf<{ doc: CustomField }>(
    tx,
    sql`SELECT doc FROM settings
        WHERE tenant_id = ${identity.tenantId} AND NOT deleted AND doc->>'kind' = 'field'
          AND doc->>'collection' = 'listings' AND doc->>'archived' = 'false'
        ORDER BY (doc->>'order')::numeric, id`,
  );
  return tellableListing(listing, rows.map(({ doc }) => doc)); // prettier-ignore
}
