import { createHash } from "node:crypto";
import { sql, type SQL } from "drizzle-orm";
import type { Listing } from "../../shared/entities/listing.ts";
import { keysOf } from "../../shared/sync/audience.ts";
import { rowsOf, type Tx } from "../database/index.ts";
import type { Identity } from "../http/index.ts";

// What is on offer, and the words of it that are compared.

/** Of a row of listings, called `l`: somebody can have it. */
export const isOffered: SQL = sql`NOT l.deleted AND l.doc->>'status' IN ('available', 'reserved')`;

export function isSeenBy(asker: Identity): SQL {
  return sql`l.audience && ${sql.param(keysOf(asker))}::text[]`;
}

/** The newest `most` that somebody may see. */
export function readOffered(tx: Tx, asker: Identity, most: number): Promise<{ doc: Listing }[]> {
  return rowsOf(
    tx,
    sql`SELECT l.doc FROM listings l
        WHERE l.tenant_id = ${asker.tenantId} AND ${isOffered} AND ${isSeenBy(asker)}
        ORDER BY l.doc->>'updatedAt' DESC LIMIT ${most}`,
  );
}

/** Prices and places are compared by rules, and not by what words mean. */
export function wordsOf({ title, city, type, features, description, custom }: Listing): string {
  return [title, city, type, ...features, description, ...fieldLines({ custom })].join("\n").slice(0, 3_000);
}

export function hashOf(words: string): string {
  return createHash("sha256").update(words).digest("base64url");
}

/** Fields of an organisation's own, as lines. */
export function fieldLines({ custom }: Pick<Listing, "custom">): string[] {
  return Object.entries(custom).map(([key, value]) => `${key.replaceAll("_", " ")}: ${String(value)}`);
}
