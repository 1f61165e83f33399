import { z } from "zod";
import type { AiFailureCode } from "../../shared/ai/vocabulary.ts";
import type { Clock } from "../../shared/result/ports.ts";
import { ownSpace, type Ai } from "../ai/index.ts";
import type { Database } from "../database/index.ts";
import type { Job } from "../jobs/index.ts";
import {
  confirmVectors,
  forgetVectors,
  keepVectors,
  readUnmade,
  type Made,
  type Unmade,
} from "./kept-vectors.ts";
import type { NearListings } from "./near-listings.ts";
import { hashOf, wordsOf } from "./offers.ts";

export type MakingDeps = {
  db: Database;
  clock: Clock;
  ai: Pick<Ai, "embed" | "space">;
  near: Pick<NearListings, "expect" | "form">;
  /** This server stops: what is not made is left to the next. */
  leaving: AbortSignal;
};

/** Texts of one request: providers take 300,000 tokens at once, and a text may have 4,000. */
const atOnce = 64;
const laterMs = 5 * 60_000;

/** `size`: a question found no vectors of the size that the model makes. */
const Payload = z.object({ size: z.int().min(1).nullable().catch(null) });

/**
 * Job: makes vectors of what is on offer, `atOnce` listings a run, until there is one of each by the organisation's
 * first model. Where that does not answer what is kept stays, and is made later; where none is set up none are kept.
 * @returns when to go on, or nothing when there is no more to do
 */
export async function makeVectors(deps: MakingDeps, { tenantId, payload }: Job): Promise<Date | void> {
  const { db, clock, ai } = deps;
  const space = await ai.space({ ...asker, tenantId });
  if (space === ownSpace) return forgetVectors(db, tenantId, true);
  const { form } = deps.near;
  const { size } = Payload.parse({ size: null, ...payload });
  const unmade = await readUnmade(db, tenantId, { space, size, form }, atOnce);
  if (unmade.length === 0) return forgetVectors(db, tenantId);
  const isSame = (one: Unmade) =>
    one.space === space && one.hash === hashOf(wordsOf(one.doc)) && size === null;
  const [same, changed] = [unmade.filter(isSame), unmade.filter((one) => !isSame(one))];
  await confirmVectors(db, tenantId, same);
  const made = await embed(deps, tenantId, space, changed);
  if (made === null) return new Date(clock.now() + laterMs);
  const sizes = new Set(made.map(({ vector }) => vector.length).filter((each) => each > 0));
  for (const each of sizes) await deps.near.expect(each);
  await keepVectors(db, tenantId, { space, form }, made);
  // It makes another size again: whoever asks next says so, and nothing is made in circles.
  if (size !== null && sizes.size > 0 && !sizes.has(size)) return;
  return new Date(clock.now());
}

/** In nobody's name: by the organisation's models, so that what is kept is the same for all. */
export const asker = { userId: null, feature: "matching" } as const;

/** @returns null when no model answers now. Of words that it takes from nobody the others are made without them. */
async function embed(
  deps: MakingDeps,
  tenantId: string,
  space: string,
  unmade: readonly Unmade[],
): Promise<Made[] | null> {
  if (unmade.length === 0) return [];
  const texts = unmade.map(({ doc }) => wordsOf(doc));
  const request = { ...asker, tenantId, space, priority: "background", keptByAsker: true } as const;
  const { by, vectors, instead } = await deps.ai.embed({ ...request, texts, signal: deps.leaving });
  if (by === "model") return unmade.map((one, at) => madeOf(one, vectors[at]));
  if (!isAboutWords(instead?.code)) return null;
  if (unmade.length === 1) return unmade.map((one) => madeOf(one, undefined));
  const half = Math.ceil(unmade.length / 2);
  const first = await embed(deps, tenantId, space, unmade.slice(0, half));
  const rest = first && (await embed(deps, tenantId, space, unmade.slice(half)));
  return rest && [...first, ...rest];
}

function madeOf({ doc, rev }: Unmade, vector: Float32Array = new Float32Array()): Made {
  return { listingId: doc.id, rev, hash: hashOf(wordsOf(doc)), vector };
}

function isAboutWords(code: AiFailureCode | undefined): boolean {
  return code === "too-long" || code === "refused";
}
