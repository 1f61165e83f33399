import { setImmediate as giveWay } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { likenessOf } from "../ai/index.ts";
import { inTenant, rowsOf, type Database, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";
import { inOrder, mostNear, type Near, type NearListings, type Wish } from "./near-listings.ts";
import { isOffered, isSeenBy } from "./offers.ts";

/** The embedded database holds everybody up for as long as a page takes: 15 ms of vectors of 1,536 numbers. */
const pageSize = 50;

/** On any database: all vectors are read, page by page, and compared here. */
export function findInPages(db: Database): NearListings {
  return {
    async find(asker, wish) {
      const found: Near[] = [];
      for (let after: string | undefined = ""; after !== undefined;) {
        const from: string = after;
        const page = await inTenant(db, asker, (tx) => readPage(tx, asker, wish, from));
        for (const { listingId, sent } of page)
          found.push({ listingId, likeness: likenessOf(wish.vector, numbersOf(sent)) });
        after = page.length < pageSize ? undefined : page.at(-1)?.listingId;
        await giveWay();
      }
      return inOrder(found).slice(0, mostNear);
    },
    async expect() {},
  };
}

type Sent = { listingId: string; sent: string };

/** As PostgreSQL sends arrays in binary: as text, reading them took twice as long. */
function readPage(tx: Tx, asker: Identity, { space, vector }: Wish, after: string): Promise<Sent[]> {
  return rowsOf<Sent>(
    tx,
    sql`SELECT v.listing_id AS "listingId", encode(array_send(v.coordinates), 'base64') AS sent
        FROM listing_vectors v JOIN listings l ON l.tenant_id = v.tenant_id AND l.id = v.listing_id
        WHERE v.tenant_id = ${asker.tenantId} AND v.listing_id > ${after}
          AND v.space = ${space} AND v.size = ${vector.length} AND ${isOffered} AND ${isSeenBy(asker)}
        ORDER BY v.listing_id LIMIT ${pageSize}`,
  );
}

/** Before the numbers stand five others (dimensions, nulls, type, length, lower bound), and before each its length. */
const [headBytes, lengthBytes, numberBytes] = [20, 4, 4];

function numbersOf(sent: string): Float32Array {
  const bytes = Buffer.from(sent, "base64");
  const numbers = new Float32Array((bytes.length - headBytes) / (lengthBytes + numberBytes));
  for (let at = 0; at < numbers.length; at += 1)
    numbers[at] = bytes.readFloatBE(headBytes + at * (lengthBytes + numberBytes) + lengthBytes);
  return numbers;
}
