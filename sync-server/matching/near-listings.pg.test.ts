import { sql } from "drizzle-orm";
import { afterEach, describe, expect, inject, test } from "vitest";
import { nearListingsContract } from "../../testing/contracts/near-listings.ts";
import { saveListings } from "../../testing/matching/save-listings.ts";
import { findPgvectorCluster, type PgvectorCluster } from "../../testing/postgres/open-pgvector.ts";
import { openTestPostgres } from "../../testing/postgres/open-test-postgres.ts";
import { createTestIdentities, people } from "../../testing/server/test-identities.ts";
import { findPgvector, inSystem, rowsOf, type Database } from "../database/index.ts";
import { findInPages } from "./find-in-pages.ts";
import { keepVectors } from "./kept-vectors.ts";
import { mostNear } from "./near-listings.ts";
import { openNearListings } from "./open-near-listings.ts";

describe("near listings, page by page on PostgreSQL", () =>
  nearListingsContract(async () => {
    const db = await openTestPostgres();
    return { db, openNear: async () => findInPages(db) };
  }));

test("a database whose server has no pgvector is searched page by page, and nothing is said of it", async () => {
  const db = await openTestPostgres();
  expect(await findPgvector(db)).toEqual({ state: "absent", version: null });
  const said: unknown[] = [];
  await openNearListings(db, { info: (...all: unknown[]) => void said.push(all) });
  expect(said).toEqual([]);
  await db.close();
});

const cluster = await findPgvectorCluster(process.env["PGVECTOR_URL"] ?? inject("postgresUrl"));
const why = "this PostgreSQL has no pgvector (PGVECTOR_URL names one that has, as its superuser)";

if (cluster) describe("near listings, by pgvector", () => pgvectorTests(cluster));
else test("near listings are found by pgvector", (context) => context.skip(why));

function pgvectorTests({ open }: PgvectorCluster): void {
  const opened: Database[] = [];
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.close();
  });
  const silent = { info: () => {} };

  describe("made by the server", () =>
    nearListingsContract(async () => {
      const db = await open("superuser");
      return { db, openNear: () => openNearListings(db, silent) };
    }));

  describe("made by somebody else, for a server that may make none", () =>
    nearListingsContract(async () => {
      const db = await open("limited", "CREATE EXTENSION vector");
      return { db, openNear: () => openNearListings(db, silent) };
    }));

  test("is not used where the server may not make it, is too old, or is out of sight; which is said", async () => {
    for (const [state, opener, before] of [
      ["ready", "superuser", undefined],
      ["refused", "limited", undefined],
      [
        "old",
        "limited",
        "CREATE EXTENSION vector; UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'",
      ],
      ["hidden", "limited", "CREATE SCHEMA elsewhere; CREATE EXTENSION vector SCHEMA elsewhere"],
    ] as const) {
      const db = await open(opener, before);
      opened.push(db);
      expect(await findPgvector(db)).toMatchObject({ state });
      const said: unknown[] = [];
      await openNearListings(db, { info: (...all: unknown[]) => void said.push(all) });
      expect(said).toHaveLength(state === "ready" ? 0 : 1);
    }
  });

  test("finds by its index where there is much, also of vectors that were there before it", async () => {
    const db = await open("superuser");
    opened.push(db);
    const asker = createTestIdentities().signIn(people.ana, { tenantId: "large" });
    const vector = Float32Array.from({ length: 64 }, () => 0.125);
    await saveListings(db, "large", ["seed"]);
    await keepVectors(db, "large", { space: "space", form: "numbers" }, [
      { listingId: "seed", rev: 1, hash: "", vector },
    ]);
    await multiply(db, 12_000);
    const near = await openNearListings(db, silent);
    const found = await near.find(asker, { space: "space", vector });
    expect(found[0]).toMatchObject({ listingId: "seed", likeness: 1 });
    expect(found).toHaveLength(mostNear);
    await expect.poll(() => countScans(db)).toBe(1);
  });
}

/** Listings of the tenant `large` beside the one that is there, with vectors of any direction. */
async function multiply(db: Database, count: number): Promise<void> {
  await inSystem(db, async (tx) => {
    await tx.execute(
      sql`INSERT INTO listings (tenant_id, id, doc, rev, deleted, audience, former, touched, parent_id)
          SELECT tenant_id, 'seed-' || n, doc, rev, deleted, audience, former, touched, parent_id
          FROM listings, generate_series(1, ${count}::int) AS n`,
    );
    await tx.execute(
      sql`INSERT INTO listing_vectors (tenant_id, listing_id, rev, hash, space, size, coordinates)
          SELECT tenant_id, 'seed-' || n, rev, hash, space, size,
            (SELECT array_agg((random() - 0.5) / 2.3) FROM generate_series(1, 64) WHERE n > 0)
          FROM listing_vectors, generate_series(1, ${count}::int) AS n`,
    );
  });
  await db.owner.execute(sql`ANALYZE listings`);
  await db.owner.execute(sql`ANALYZE listing_vectors`);
}

async function countScans(db: Database): Promise<number> {
  const [index] = await rowsOf<{ scans: number }>(
    db.owner,
    sql`SELECT idx_scan::int AS scans FROM pg_stat_user_indexes WHERE indexrelname = 'listing_vectors_near_64'`,
  );
  return index?.scans ?? 0;
}
