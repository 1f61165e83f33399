import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import { systemTimers, type Clock, type Random, type Timers } from "../../shared/result/ports.ts";
import { ownSpace, type Ai } from "../ai/index.ts";
import { inSystem, inTenant, rowsOf, type Database } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { addJob, addJobs, createJobs, type Job } from "../jobs/index.ts";
import { vectorJob } from "../sync/index.ts";
import { asker, makeVectors } from "./make-vectors.ts";
import type { Near, Wish } from "./near-listings.ts";
import { openNearListings } from "./open-near-listings.ts";

// The door of matching: vectors of what is on offer, kept in the database, and which of them are near to a wish.
export type { Near, Wish } from "./near-listings.ts";
export { fieldLines, readOffered, wordsOf } from "./offers.ts";

export type MatchingOptions = {
  app: FastifyInstance;
  db: Database;
  clock: Clock;
  ai: Pick<Ai, "embed" | "space">;
  /** Tells whose models have changed; "" = anybody's. */
  onModelsChange(hear: (tenantId: string) => void): void;
  timers?: Timers;
  random?: Random;
};

export type Matching = {
  /** Of the model by which vectors are kept; `ownSpace` = none are. */
  space(tenantId: string): Promise<string>;
  /** The nearest of what the asker may see. Where nothing has a vector of that kind, they are made. */
  near(asker: Identity, wish: Wish): Promise<Near[]>;
};

const mostAttempts = 8;

/** Adds matching to the server. Vectors are made in a queue of their own, and nobody waits for them. */
export async function startMatching(options: MatchingOptions): Promise<Matching & { stop(): Promise<void> }> {
  const { app, db, clock, ai, onModelsChange, timers = systemTimers, random = Math.random } = options;
  const near = await openNearListings(db, app.log);
  const leaving = new AbortController();
  const deps = { db, clock, ai, near, leaving: leaving.signal };
  const jobs = createJobs({
    ...{ db, clock, timers, random },
    handlers: {
      [vectorJob]: {
        run: (job) => makeVectors(deps, job),
        ...{ mostAttempts, retryAfterMs: 2_000 },
      },
    },
    failed: ({ tenantId, attempt }: Job, error: unknown) =>
      app.log.warn({ err: error, tenantId, attempt }, "vectors were not made, and are tried again"),
  });
  const want = (tenantId: string) =>
    void wantFor(db, tenantId, new Date(clock.now())).catch((error: unknown) =>
      app.log.error({ err: error }, "vectors were not asked for"),
    );
  onModelsChange(want);
  // What changed while no server ran, and plans and industries, which nobody tells of.
  app.addHook("onListen", async () => {
    want("");
    await jobs.start();
  });
  return {
    space: (tenantId) => ai.space({ ...asker, tenantId }),
    async near(identity, wish) {
      const found = await near.find(identity, wish);
      if (found.length === 0) await wantOfSize(db, identity.tenantId, wish, new Date(clock.now()));
      return found;
    },
    stop() {
      leaving.abort();
      return jobs.stop();
    },
  };
}

/** @param tenantId "" = of everybody who has listings */
function wantFor(db: Database, tenantId: string, dueAt: Date): Promise<void> {
  return inSystem(db, async (tx) => {
    const tenants = await rowsOf<{ id: string }>(
      tx,
      sql`SELECT id FROM tenants WHERE ${tenantId} IN ('', id)
            AND EXISTS (SELECT FROM listings WHERE listings.tenant_id = tenants.id AND NOT deleted)`,
    );
    await addJobs(tx, tenants.map(({ id }) => ({ tenantId: id, kind: vectorJob, key: "listings", dueAt }))); // prettier-ignore
  });
}

function wantOfSize(db: Database, tenantId: string, { space, vector }: Wish, dueAt: Date): Promise<void> {
  if (space === ownSpace) return Promise.resolve();
  const payload = { size: vector.length };
  return inTenant(db, { tenantId }, (tx) =>
    addJob(tx, { tenantId, kind: vectorJob, key: "listings", payload, dueAt }),
  );
}
