import { setImmediate as giveWay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { likenessOf } from "../ai/index.ts";
import { inTenant, rowsOf, type Database, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { inOrder, mostNear, type Near, type NearListings, type Wish } from "./near-listings.ts";
import { isOffered, isSeenBy } from "./offers.ts";
import { unpack } from "./packed.ts";

/** The embedded database holds everybody up for as long as a page takes: 15 ms of vectors of 1,536 numbers. */
const pageSize = 50;

/** On any database: all vectors are read, page by page, and compared here. */
export function findInPages(db: Database): NearListings {
  return {
    async find(asker, wish) {
      const ids = await inTenant(db, asker, (tx) => readSeen(tx, asker));
      const found: Near[] = [];
      for (let from = 0; from < ids.length; from += pageSize) {
        const some = ids.slice(from, from + pageSize);
        for (const { listingId, packed } of await inTenant(db, asker, (tx) =>
          readPage(tx, asker, wish, some),
        ))
          found.push({ listingId, likeness: likenessOf(wish.vector, unpack(packed)) });
        await giveWay();
      }
      return inOrder(found).slice(0, mostNear);
    },
    form: "packed",
    async expect() {},
  };
}

/** What there is a vector of is seen when they are read: a join of both took four times as long. */
async function readSeen(tx: Tx, asker: Identity): Promise<string[]> {
  const seen = await rowsOf<{ id: string }>(
    tx,
    sql`SELECT l.id FROM listings l
        WHERE l.tenant_id = ${asker.tenantId} AND ${isOffered} AND ${isSeenBy(asker)}`,
  );
  return seen.map(({ id }) => id);
}

type Kept = { listingId: string; packed: string };

/** Made anew meanwhile, they may be others. */
function readPage(
  tx: Tx,
  { tenantId }: Identity,
  { space, vector }: Wish,
  ids: readonly string[],
): Promise<Kept[]> {
  return rowsOf<Kept>(
    tx,
    sql`SELECT listing_id AS "listingId", encode(packed, 'base64') AS packed FROM listing_vectors
        WHERE tenant_id = ${tenantId} AND listing_id = ANY(${sql.param(ids)}::text[])
          AND space = ${space} AND size = ${vector.length} AND packed IS NOT NULL`,
  );
}
