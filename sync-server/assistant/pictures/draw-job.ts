import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { DrawRequest } from "../../../shared/assistant/listings/picture-wire.ts";
import { systemTimers } from "../../../shared/result/ports.ts";
import type { Drawn } from "../../ai/index.ts";
import { inTenant, type Tx } from "../../database/index.ts";
import { Refused, type Identity } from "../../http/index.ts";
import { addJob, createJobs, type Job } from "../../jobs/index.ts";
import type { AssistantDeps } from "../deps.ts";
import { isKept, keepPicture, nextNumber, readListing } from "./kept-pictures.ts";
import { pictureTask } from "./picture-task.ts";

export const drawJob = "assistant.picture";

/** Longer than a model is given. */
const longestRunMs = 150_000;
/** The node that was asked draws by itself: it alone can say why no model did. Another one does where it has died. */
const othersAfterMs = 1_000;

export type Drawing = {
  /** In the transaction that finds out that it is not drawn yet. */
  want(tx: Tx, identity: Identity, request: DrawRequest): Promise<void>;
  /**
   * Draws what was wanted, or waits for the node that is at it.
   * @returns why no model has drawn it; null also where another node drew
   * @throws Refused `unavailable`
   */
  finish(identity: Identity, id: string): Promise<Drawn["instead"]>;
};

const Wanted = z.object({ listingId: z.string(), userId: z.string() });

/**
 * Pictures are drawn as jobs: of all nodes that are asked for the same one, one asks a model and pays for it. What is
 * drawn is kept, also where nobody waits for it any more.
 */
export function startDrawing(app: FastifyInstance, deps: AssistantDeps): Drawing {
  const { db, clock } = deps;
  /** By picture that somebody waits for here. */
  const reasons = new Map<string, Drawn["instead"]>();
  const jobs = createJobs({
    ...{ db, clock, timers: systemTimers, random: Math.random },
    handlers: {
      [drawJob]: {
        async run(job) {
          const instead = await drawWanted(deps, job);
          if (reasons.has(nameOf(job))) reasons.set(nameOf(job), instead);
        },
        ...{ mostAttempts: 3, retryAfterMs: 2_000, longestRunMs },
      },
    },
    failed: ({ tenantId, key, attempt }: Job, error: unknown) =>
      app.log.warn({ err: error, tenantId, picture: key, attempt }, "a picture was not drawn"),
  });
  app.addHook("onListen", () => jobs.start());
  app.addHook("onClose", () => jobs.stop());
  return {
    want: (tx, { tenantId, userId }, { id, listingId }) =>
      addJob(tx, {
        ...{ tenantId, kind: drawJob, key: id, payload: { listingId, userId } },
        dueAt: new Date(clock.now() + othersAfterMs),
      }),
    async finish({ tenantId }, id) {
      const name = nameOf({ tenantId, key: id });
      reasons.set(name, null);
      try {
        const outcome = await jobs.runNow(tenantId, drawJob, id);
        const isOver = outcome === "busy" ? await jobs.finish(tenantId, drawJob, id, longestRunMs) : outcome !== "failed"; // prettier-ignore
        if (!isOver) throw new Refused("unavailable", "The picture could not be drawn. Try again.");
        return reasons.get(name) ?? null;
      } finally {
        reasons.delete(name);
      }
    },
  };
}

function nameOf({ tenantId, key }: Pick<Job, "tenantId" | "key">): string {
  return JSON.stringify([tenantId, key]);
}

/** Whoever asked for it saw the listing. @returns why no model has drawn it */
async function drawWanted(
  { db, clock, ai }: AssistantDeps,
  { tenantId, key: id, payload }: Job,
): Promise<Drawn["instead"]> {
  const { listingId, userId } = Wanted.parse(payload);
  const input = await inTenant(db, { tenantId }, async (tx) => {
    if (await isKept(tx, tenantId, id)) return null;
    const listing = await readListing(tx, tenantId, listingId);
    return listing && { listing, number: await nextNumber(tx, tenantId, listingId) };
  });
  // It is drawn, or there is nothing to draw any more.
  if (input === null) return null;
  const drawn = await ai.draw({ task: pictureTask, input, tenantId, userId });
  const { number } = input;
  const at = new Date(clock.now()).toISOString();
  await inTenant(db, { tenantId }, (tx) =>
    keepPicture(tx, { tenantId, userId }, { id, listingId, number, drawn, at }),
  );
  return drawn.instead;
}
