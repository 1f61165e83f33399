import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { DrawRequest } from "../../../shared/assistant/listings/picture-wire.ts";
import { systemTimers } from "../../../shared/result/ports.ts";
import { inTenant, rowsOf, type Tx } from "../../database/index.ts";
import { Refused, type Identity } from "../../http/index.ts";
import { addJob, createJobs, type Job } from "../../jobs/index.ts";
import type { AssistantDeps } from "../deps.ts";
import { isKept, keepPicture, nextNumber, readListing } from "./kept-pictures.ts";
import { pictureTask } from "./picture-task.ts";

export const drawJob = "assistant.picture";

/** Each costs as much as a hundred letters. */
const mostDrawnAMinute = 6;

/** Longer than a model is given. */
const longestRunMs = 150_000;
/** The node that was asked draws by itself. Another one does where it has died. */
const othersAfterMs = 1_000;

export type Drawing = {
  /**
   * In the transaction that finds out that it is not drawn yet.
   * @throws Refused `too-many-requests`
   */
  want(tx: Tx, identity: Identity, request: DrawRequest): Promise<void>;
  /**
   * Draws what was wanted, or waits for the node that is at it.
   * @throws Refused `unavailable`
   */
  finish(identity: Identity, id: string): Promise<void>;
  stop(): Promise<void>;
};

const Wanted = z.object({ listingId: z.string(), userId: z.string() });

/**
 * Pictures are drawn as jobs: of all nodes that are asked for the same one, one asks a model and pays for it. What is
 * drawn is kept, also where nobody waits for it any more.
 */
export function startDrawing(app: FastifyInstance, deps: AssistantDeps): Drawing {
  const { db, clock } = deps;
  const jobs = createJobs({
    ...{ db, clock, timers: systemTimers, random: Math.random },
    handlers: {
      [drawJob]: {
        ...{ run: (job) => drawWanted(deps, job), mostAttempts: 3, retryAfterMs: 2_000, longestRunMs },
      },
    },
    failed: ({ tenantId, key, attempt }: Job, error: unknown) =>
      app.log.warn({ err: error, tenantId, picture: key, attempt }, "a picture was not drawn"),
  });
  app.addHook("onListen", () => jobs.start());
  return {
    async want(tx, identity, { id, listingId }) {
      const { tenantId, userId } = identity;
      await requireFewDrawn(tx, identity, id, clock.now());
      await addJob(tx, {
        ...{ tenantId, kind: drawJob, key: id, payload: { listingId, userId } },
        dueAt: new Date(clock.now() + othersAfterMs),
      });
    },
    async finish({ tenantId }, id) {
      const outcome = await jobs.runNow(tenantId, drawJob, id);
      const isOver = outcome === "busy" ? await jobs.finish(tenantId, drawJob, id, longestRunMs) : outcome !== "failed"; // prettier-ignore
      if (!isOver) throw new Refused("unavailable", "The picture could not be drawn. Try again.");
    },
    stop: () => jobs.stop(),
  };
}

/**
 * Counted on the database, so that all nodes together keep to it: what was drawn for a person in the last minute, and
 * what still is. One that is asked for again is not another.
 */
async function requireFewDrawn(
  tx: Tx,
  { tenantId, userId }: Identity,
  id: string,
  nowMs: number,
): Promise<void> {
  // Of two that are wanted at once the second sees the first.
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${JSON.stringify(["pictures", tenantId, userId])}, 0))`,
  );
  const aMinuteAgo = new Date(nowMs - 60_000).toISOString();
  const [drawn] = await rowsOf<{ count: number }>(
    tx,
    sql`SELECT count(*)::int AS count FROM (
          SELECT id FROM listing_pictures WHERE tenant_id = ${tenantId} AND drawn_by_id = ${userId}
            AND drawn_at > ${aMinuteAgo}::timestamptz
          UNION SELECT key FROM jobs WHERE tenant_id = ${tenantId} AND kind = ${drawJob} AND failed_at IS NULL
            AND payload->>'userId' = ${userId}) AS theirs
        WHERE id <> ${id}`,
  );
  if ((drawn?.count ?? 0) < mostDrawnAMinute) return;
  throw new Refused(
    "too-many-requests",
    `These are ${mostDrawnAMinute} pictures within a minute: wait a little.`,
  );
}

/** Whoever asked for it saw the listing. */
async function drawWanted(
  { db, clock, ai }: AssistantDeps,
  { tenantId, key: id, payload }: Job,
): Promise<void> {
  const { listingId, userId } = Wanted.parse(payload);
  const input = await inTenant(db, { tenantId }, async (tx) => {
    if (await isKept(tx, tenantId, id)) return null;
    const listing = await readListing(tx, tenantId, listingId);
    return listing && { listing, number: await nextNumber(tx, tenantId, listingId) };
  });
  // It is drawn, or there is nothing to draw any more.
  if (input === null) return;
  const drawn = await ai.draw({ task: pictureTask, input, tenantId, userId });
  const { number } = input;
  const at = new Date(clock.now()).toISOString();
  await inTenant(db, { tenantId }, (tx) =>
    keepPicture(tx, { tenantId, userId }, { id, listingId, number, drawn, at }),
  );
}
