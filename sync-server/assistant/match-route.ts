import { setImmediate as giveWay } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { sql } from "drizzle-orm";
import { visitorWords } from "../../shared/assistant/chats.ts";
import { assistantPaths, MatchAnswer, MatchRequest } from "../../shared/assistant/server-wire.ts";
import type { LeadStory } from "../../shared/assistant/story.ts";
import type { Message } from "../../shared/entities/activity.ts";
import { WireError } from "../../shared/sync/wire.ts";
import { hidePersonalData, likenessOf, ownSpace } from "../ai/index.ts";
import { askedByPerson } from "../auth/index.ts";
import { inTenant } from "../database/index.ts";
import { identityOf, type Identity } from "../http/index.ts";
import { fieldLines, readOffered, wordsOf } from "../matching/index.ts";
import type { AssistantDeps } from "./deps.ts";
import { readPlaces, readStory } from "./read-story.ts";
import { knownIn } from "./tasks.ts";

const mostAMinute = 20;
/** The newest of what is on offer, where only words are compared; the rules see all of it on the desk. */
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
      const { leadId } = request.body;
      const story = await inTenant(deps.db, identity, async (tx) => ({
        ...(await readStory(tx, identity, leadId, deps.clock.now())),
        // Who asks for one of these by its address is to find it.
        offered: await readPlaces(tx, identity, sql`doc->>'status' = 'available'`),
      }));
      const { near, ...origin } = await compare(deps, identity, wishesOf(story));
      return { nearness: Object.fromEntries(near), ...origin };
    },
  );
}

/** So much of one letter or chat, and so many letters, leave room for what was said and noted. */
const longestWish = 500;
const mostLetters = 4;
const longestWishes = 6_000;

/** What they said and wrote, and what was noted of it, without names, numbers and addresses: they say nothing of what they want. */
function wishesOf(story: LeadStory): string {
  const { lead, notes, reports, chats, messages } = story;
  const said = reports.flatMap(({ summary, keyPoints }) => [summary, ...keyPoints]);
  const chatted = chats.map((chat) => [chat.told.need, ...visitorWords(chat)].join("\n"));
  const letters = messages.filter(({ direction }) => direction === "inbound").slice(0, mostLetters);
  const told = [...chatted, ...letters.map(ownWords)].map((text) => text.slice(0, longestWish));
  const known = [lead.city, ...lead.tags, ...fieldLines(lead), lead.notes];
  const noted = notes.map(({ text }) => text);
  const words = [...known, ...told, ...said, ...noted].join("\n").slice(0, longestWishes);
  return hidePersonalData(knownIn(story)).hide(words);
}

/** What they quote of our letters is no wish of theirs. */
function ownWords({ subject, text }: Message): string {
  return [subject, ...text.split("\n").filter((line) => !line.startsWith(">"))].join("\n");
}

type Nearness = [listingId: string, likeness: number];
type Compared = { near: Nearness[] } & Pick<MatchAnswer, "by" | "instead">;

/**
 * With the vectors that are kept, by the model that made them; the person who asks is counted for the one of their
 * wishes. Where it does not answer, or none is set up, Ringside's own find words again.
 */
async function compare(deps: AssistantDeps, identity: Identity, wishes: string): Promise<Compared> {
  const { ai, matching } = deps;
  const space = await matching.space(identity.tenantId);
  const wanted = await ai.embed({ ...askerOf(identity), texts: [wishes], space });
  const { by, instead } = wanted;
  const [vector] = wanted.vectors;
  if (!vector) return { near: [], by, instead };
  if (by === "rules") return { near: await compareWords(deps, identity, vector), by, instead };
  const found = await matching.near(identity, { space: wanted.space, vector });
  return { near: found.map(({ listingId, likeness }) => [listingId, likeness]), by, instead };
}

async function compareWords(
  { db, ai }: AssistantDeps,
  identity: Identity,
  wish: Float32Array,
): Promise<Nearness[]> {
  const listings = await inTenant(db, identity, (tx) => readOffered(tx, identity, mostListings));
  const nearness: Nearness[] = [];
  for (let from = 0; from < listings.length; from += atOnce) {
    const some = listings.slice(from, from + atOnce);
    const texts = some.map(({ doc }) => wordsOf(doc));
    const { vectors } = await ai.embed({ ...askerOf(identity), texts, space: ownSpace });
    for (const [at, { doc }] of some.entries()) nearness.push([doc.id, likenessOf(wish, vectors[at])]);
    await giveWay();
  }
  return nearness;
}

function askerOf({ tenantId, userId }: Identity) {
  return { tenantId, userId, feature: "matching", priority: "waiting" } as const;
}
