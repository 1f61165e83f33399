import { setImmediate as giveWay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { assistantPaths, MatchAnswer, MatchRequest } from "../../shared/assistant/server-wire.ts";
import type { LeadStory } from "../../shared/assistant/story.ts";
import type { Listing } from "../../shared/entities/listing.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { hidePersonalData, likenessOf } from "../ai/index.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant, rowsOf, type Tx } from "../database/index.ts";
import { identityOf, type Identity } from "../http/index.ts";
import type { AssistantDeps } from "./deps.ts";
import { readStory } from "./read-story.ts";
import { namesIn } from "./tasks.ts";

const mostAMinute = 20;
/** The newest of what is on offer; the rules see all of it on the desk. */
const mostListings = 1_000;
/** So few at once that nobody else on this server waits: some 20 ms of Ringside's own vectors. */
const atOnce = 64;

/** How near listings are to what a person said they want, by the meaning of the words. */
export function addMatchRoute(app: FastifyInstance, deps: AssistantDeps): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    assistantPaths.matches,
    {
      ...askedByPerson(deps.identify, mostAMinute),
      schema: {
        tags: ["assistant"],
        security: [{ bearer: [] }],
        summary: "Compare what is on offer with what a person said",
        body: MatchRequest,
        response: { 200: MatchAnswer, "4xx": WireError, "5xx": WireError },
      },
    },
    async (request) => {
      const identity = identityOf(request);
      const { story, listings } = await inTenant(deps.db, identity, async (tx) => ({
        story: await readStory(tx, identity, request.body.leadId, deps.clock.now()),
        listings: await readOffered(tx, identity),
      }));
      return { nearness: await compare(deps, identity, wishesOf(story), listings) };
    },
  );
}

function readOffered(tx: Tx, identity: Identity): Promise<{ doc: Listing }[]> {
  return rowsOf<{ doc: Listing }>(
    tx,
    sql`SELECT doc FROM listings
        WHERE tenant_id = ${identity.tenantId} AND NOT deleted AND doc->>'status' IN ('available', 'reserved')
          AND audience && ${sql.param(keysOf(identity))}::text[]
        ORDER BY doc->>'updatedAt' DESC LIMIT ${mostListings}`,
  );
}

/** What they said and what was noted of it, without names, numbers and addresses: they say nothing of what they want. */
function wishesOf(story: LeadStory): string {
  const { lead, notes, reports } = story;
  const said = reports.flatMap(({ summary, keyPoints }) => [summary, ...keyPoints]);
  const words = [lead.city, ...lead.tags, ...fieldLines(lead), lead.notes, ...notes.map(({ text }) => text), ...said].join("\n").slice(0, 6_000); // prettier-ignore
  return hidePersonalData(namesIn(story)).hide(words);
}

function offerOf({ title, city, type, features, description, custom }: Listing): string {
  return [title, city, type, ...features, description, ...fieldLines({ custom })].join("\n").slice(0, 3_000);
}

function fieldLines({ custom }: Pick<Listing, "custom">): string[] {
  return Object.entries(custom).map(([key, value]) => `${key.replaceAll("_", " ")}: ${String(value)}`);
}

async function compare(
  { ai }: AssistantDeps,
  { tenantId, userId }: Identity,
  wishes: string,
  listings: readonly { doc: Listing }[],
): Promise<Record<string, number>> {
  const nearness: Record<string, number> = {};
  const ask = (texts: string[]) =>
    ai.embed({ tenantId, userId, feature: "matching", priority: "waiting", texts });
  const wanted = await ask([wishes]);
  const [wish] = wanted.vectors;
  if (!wish) return nearness;
  for (let from = 0; from < listings.length; from += atOnce) {
    const some = listings.slice(from, from + atOnce);
    const offered = await ask(some.map(({ doc }) => offerOf(doc)));
    // The model went away in between: vectors of two do not compare.
    if (offered.space !== wanted.space) return {};
    for (const [at, { doc }] of some.entries()) nearness[doc.id] = likenessOf(wish, offered.vectors[at]);
    await giveWay();
  }
  return nearness;
}
