import type { Listing } from "../../shared/entities/listing.ts";
import { inTenant, type Database } from "../../sync-server/database/index.ts";
import { saveRecords } from "../../sync-server/sync/index.ts";
import { someListing } from "../fakes/some-story.ts";

/** Listings of a tenant, made or changed. */
export async function saveListings(
  db: Database,
  tenantId: string,
  ids: readonly string[],
  own: object | ((id: string) => object) = {},
): Promise<void> {
  const records = ids.map((id) => ({
    ...someListing({ title: id, features: [], custom: {} } as Partial<Listing>),
    ...(typeof own === "function" ? own(id) : own),
    id,
  }));
  const now = new Date().toISOString();
  await inTenant(db, { tenantId }, (tx) => saveRecords(tx, tenantId, "listings", records, { now }));
}
