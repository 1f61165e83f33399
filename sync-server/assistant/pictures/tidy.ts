import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";
import type { Clock } from "../../../shared/result/ports.ts";
import { inSystem, type Database } from "../../database/index.ts";
import { erasedAfterMs } from "../../sync/index.ts";

const tidyEveryMs = 3_600_000;

type Deps = { db: Database; clock: Clock };

/** Erases pictures in time. @returns what ends that */
export function keepPicturesTidy(app: FastifyInstance, { db, clock }: Deps): () => void {
  const tidy = () =>
    tidyPictures(db, clock.now()).catch((error: unknown) =>
      app.log.error({ err: error }, "old pictures were not erased"),
    );
  const chore = setInterval(() => void tidy(), tidyEveryMs);
  return () => clearInterval(chore);
}

/**
 * Erases pictures whose listing was deleted a week ago, until when the deletion can be taken back, and those that
 * nobody has used for a week. Done by every node, it is done once.
 */
export async function tidyPictures(db: Database, nowMs: number): Promise<void> {
  const before = new Date(nowMs - erasedAfterMs).toISOString();
  await inSystem(db, (tx) =>
    tx.execute(
      sql`DELETE FROM listing_pictures p WHERE (p.used_at IS NULL
              AND coalesce(p.unused_since, p.drawn_at) <= ${before}::timestamptz)
            OR EXISTS (SELECT FROM listings l WHERE l.tenant_id = p.tenant_id AND l.id = p.listing_id
              AND l.deleted AND l.doc->>'updatedAt' <= ${before})`,
    ),
  );
}
