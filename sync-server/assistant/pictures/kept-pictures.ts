import { sql, type SQL } from "drizzle-orm";
import type { ListingPicture } from "../../../shared/assistant/listings/picture-wire.ts";
import type { Listing } from "../../../shared/entities/listing.ts";
import type { Drawn } from "../../ai/index.ts";
import { isoText, rowsOf, type Tx } from "../../database/index.ts";
import type { Identity } from "../../http/index.ts";
import { isSeen } from "../read-story.ts";

// Listings' pictures on the database. Whoever sees a listing sees what was drawn of it.

/** Of what nobody uses the newest stay, so that one can be gone back to. */
const mostUnused = 10;

/** A picture whose listing this person sees; null = there is none. */
export async function findPicture(tx: Tx, identity: Identity, id: string): Promise<Kept | null> {
  const [row] = await rowsOf<Kept>(
    tx,
    sql`SELECT ${columns}, request_id AS "requestId", instead FROM listing_pictures AS p
        WHERE p.id = ${id} AND ${isOfSeen(identity)}`,
  );
  return row ?? null;
}
export type Kept = ListingPicture & Pick<Drawn, "requestId" | "instead">;

/** The one that a listing has. */
export async function findUsed(
  tx: Tx,
  identity: Identity,
  listingId: string,
): Promise<ListingPicture | null> {
  const [row] = await rowsOf<ListingPicture>(
    tx,
    sql`SELECT ${columns} FROM listing_pictures AS p
        WHERE p.listing_id = ${listingId} AND p.used_at IS NOT NULL AND ${isOfSeen(identity)}
        ORDER BY p.used_at DESC LIMIT 1`,
  );
  return row ?? null;
}

export async function readFile(
  tx: Tx,
  identity: Identity,
  id: string,
): Promise<{ mimeType: ListingPicture["mimeType"]; bytes: Buffer } | null> {
  const [row] = await rowsOf<{ mimeType: ListingPicture["mimeType"]; base64: string }>(
    tx,
    sql`SELECT p.mime_type AS "mimeType", encode(p.bytes, 'base64') AS base64 FROM listing_pictures AS p
        WHERE p.id = ${id} AND ${isOfSeen(identity)}`,
  );
  return row ? { mimeType: row.mimeType, bytes: Buffer.from(row.base64, "base64") } : null;
}

/** Whether it was drawn, whoever may see it. */
export async function isKept(tx: Tx, tenantId: string, id: string): Promise<boolean> {
  const found = sql`SELECT FROM listing_pictures WHERE tenant_id = ${tenantId} AND id = ${id}`;
  return (await rowsOf(tx, found)).length > 0;
}

/** What is drawn; null = it was deleted. */
export async function readListing(tx: Tx, tenantId: string, id: string): Promise<Listing | null> {
  const [row] = await rowsOf<{ doc: Listing }>(
    tx,
    sql`SELECT doc FROM listings WHERE tenant_id = ${tenantId} AND id = ${id} AND NOT deleted`,
  );
  return row?.doc ?? null;
}

/** The number that a listing's next picture gets. */
export async function nextNumber(tx: Tx, tenantId: string, listingId: string): Promise<number> {
  const [row] = await rowsOf<{ next: number }>(
    tx,
    sql`SELECT coalesce(max(number), 0) + 1 AS next FROM listing_pictures
        WHERE tenant_id = ${tenantId} AND listing_id = ${listingId}`,
  );
  return row?.next ?? 1;
}

type Author = { tenantId: string; userId: string };
type New = { id: string; listingId: string; number: number; drawn: Drawn; at: string };

/** Keeps what was drawn of a listing that is still there; what was kept under the id before stays. */
export async function keepPicture(tx: Tx, { tenantId, userId }: Author, picture: New): Promise<void> {
  const { id, listingId, number, drawn, at } = picture;
  const { by, model, requestId } = drawn;
  const instead = drawn.instead && JSON.stringify(drawn.instead);
  const { bytes, mimeType } = drawn.picture;
  // Locked, so that a listing that is deleted meanwhile is deleted for this, too.
  await tx.execute(
    sql`INSERT INTO listing_pictures (tenant_id, id, listing_id, number, mime_type, bytes, by, model, request_id,
          instead, drawn_by_id, drawn_at)
        SELECT l.tenant_id, ${id}, l.id, ${number}, ${mimeType}, decode(${Buffer.from(bytes).toString("base64")}, 'base64'),
          ${by}, ${model}, ${requestId}, ${instead}::jsonb, ${userId}, ${at}::timestamptz
        FROM listings l WHERE l.tenant_id = ${tenantId} AND l.id = ${listingId} AND NOT l.deleted FOR SHARE OF l
        ON CONFLICT (tenant_id, id) DO NOTHING`,
  );
  await tx.execute(
    sql`DELETE FROM listing_pictures WHERE tenant_id = ${tenantId} AND id IN (
          SELECT id FROM listing_pictures WHERE tenant_id = ${tenantId} AND listing_id = ${listingId} AND used_at IS NULL
          ORDER BY number DESC, id DESC OFFSET ${mostUnused})`,
  );
}

/** From now on the listing has this one; null = none. */
export async function putPicture(
  tx: Tx,
  { tenantId }: Identity,
  listingId: string,
  id: string | null,
  at: string,
): Promise<void> {
  // Of two who choose at once the second sees what the first one has chosen.
  await tx.execute(sql`SELECT FROM listings WHERE tenant_id = ${tenantId} AND id = ${listingId} FOR UPDATE`);
  await tx.execute(
    sql`UPDATE listing_pictures SET used_at = CASE WHEN id = ${id}::text THEN ${at}::timestamptz END,
          unused_since = CASE WHEN id = ${id}::text THEN NULL ELSE ${at}::timestamptz END
        WHERE tenant_id = ${tenantId} AND listing_id = ${listingId} AND (id = ${id}::text OR used_at IS NOT NULL)`,
  );
}

const columns = sql`p.id, p.listing_id AS "listingId", p.number, p.mime_type AS "mimeType",
  octet_length(p.bytes) AS "sizeBytes", p.by, p.model, ${isoText(sql`p.drawn_at`)} AS "drawnAt"`;

function isOfSeen(identity: Identity): SQL {
  return sql`p.tenant_id = ${identity.tenantId} AND p.listing_id IN (SELECT id FROM listings WHERE ${isSeen(identity)})`;
}
