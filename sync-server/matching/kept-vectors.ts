import { sql, type SQL } from "drizzle-orm";
import type { Listing } from "../../shared/entities/listing.ts";
import { inTenant, rowsOf, type Database, type Tx } from "../database/index.ts";
import { isOffered } from "./offers.ts";
import { pack } from "./packed.ts";

/** A listing on offer, and the words and the space of the vector that is kept of it; null = none is. */
export type Unmade = { doc: Listing; rev: number; hash: string | null; space: string | null };

/** `vector` empty: the model takes these words from nobody. */
export type Made = { listingId: string; rev: number; hash: string; vector: Float32Array };

/** In which form they are found (`NearListings`). */
export type Form = "packed" | "numbers";

/** Which vectors there should be: those of one model, and of one size where somebody has found that it has changed. */
export type Wanted = { space: string; size: number | null; form: Form };

/** Listings of which none is kept, or one of another model or form, or from before they were changed. */
export function readUnmade(
  db: Database,
  tenantId: string,
  { space, size, form }: Wanted,
  most: number,
): Promise<Unmade[]> {
  return inTenant(db, { tenantId }, (tx) =>
    rowsOf<Unmade>(
      tx,
      sql`SELECT l.doc, l.rev, v.hash, CASE WHEN ${isOfForm(form)} THEN v.space END AS space
          FROM listings l LEFT JOIN listing_vectors v ON v.tenant_id = l.tenant_id AND v.listing_id = l.id
          WHERE l.tenant_id = ${tenantId} AND ${isOffered}
            AND (v.listing_id IS NULL OR v.space <> ${space} OR v.rev <> l.rev OR NOT ${isOfForm(form)}
              OR v.size NOT IN (0, ${size ?? sql`v.size`}))
          ORDER BY l.id LIMIT ${most}`,
    ),
  );
}

function isOfForm(form: Form): SQL {
  return sql`(v.size = 0 OR v.${sql.identifier(columns[form])} IS NOT NULL)`;
}

const columns = { packed: "packed", numbers: "coordinates" } as const;

/** Written together: a vector of 1,536 numbers takes the embedded database a millisecond. */
const atOnce = 8;

/** Keeps vectors of listings that are still there. */
export async function keepVectors(
  db: Database,
  tenantId: string,
  { space, form }: Pick<Wanted, "space" | "form">,
  made: readonly Made[],
): Promise<void> {
  for (let from = 0; from < made.length; from += atOnce) {
    const rows = made.slice(from, from + atOnce).map((one) => rowOf(one, form));
    await inTenant(db, { tenantId }, (tx) => keepRows(tx, tenantId, space, rows));
  }
}

function rowOf({ listingId, rev, hash, vector }: Made, form: Form) {
  return {
    ...{ listing_id: listingId, rev, hash, size: vector.length },
    packed: form === "packed" && vector.length > 0 ? pack(vector) : null,
    coordinates: form === "numbers" && vector.length > 0 ? `{${vector.join()}}` : null,
  };
}

async function keepRows(
  tx: Tx,
  tenantId: string,
  space: string,
  rows: readonly ReturnType<typeof rowOf>[],
): Promise<void> {
  // Locked, so that a deletion that comes meanwhile finds the vector and takes it away.
  await tx.execute(
    sql`INSERT INTO listing_vectors (tenant_id, listing_id, rev, hash, space, size, packed, coordinates)
        SELECT ${tenantId}, l.id, given.rev, given.hash, ${space}, given.size,
          decode(given.packed, 'base64'), given.coordinates::real[]
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS given (listing_id text, rev int, hash text, size int, packed text, coordinates text)
        JOIN listings l ON l.tenant_id = ${tenantId} AND l.id = given.listing_id
        WHERE NOT l.deleted ORDER BY l.id FOR SHARE OF l
        ON CONFLICT (tenant_id, listing_id) DO UPDATE SET rev = excluded.rev, hash = excluded.hash,
          space = excluded.space, size = excluded.size, packed = excluded.packed, coordinates = excluded.coordinates`,
  );
}

/** Says of vectors that they are of listings as they are now: their words did not change. */
export async function confirmVectors(
  db: Database,
  tenantId: string,
  same: readonly Pick<Unmade, "doc" | "rev">[],
): Promise<void> {
  if (same.length === 0) return;
  const rows = JSON.stringify(same.map(({ doc, rev }) => ({ id: doc.id, rev })));
  await inTenant(db, { tenantId }, (tx) =>
    tx.execute(
      sql`UPDATE listing_vectors v SET rev = given.rev
          FROM jsonb_to_recordset(${rows}::jsonb) AS given (id text, rev int)
          WHERE v.tenant_id = ${tenantId} AND v.listing_id = given.id`,
    ),
  );
}

/** Of what nobody can have any more. @param all of what can be had, too */
export async function forgetVectors(db: Database, tenantId: string, all = false): Promise<void> {
  const isLeft = all
    ? sql`false`
    : sql`EXISTS (SELECT FROM listings l WHERE l.tenant_id = v.tenant_id AND l.id = v.listing_id AND ${isOffered})`;
  await inTenant(db, { tenantId }, (tx) =>
    tx.execute(sql`DELETE FROM listing_vectors v WHERE v.tenant_id = ${tenantId} AND NOT ${isLeft}`),
  );
}
